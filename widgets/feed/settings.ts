import { z } from 'zod';

/** Kinds as entries name them, between commas or spaces. */
const kindsOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

export const settings = z.object({
  n: z.number().int().min(1).max(100).default(20).meta({ label: 'Entries shown' }),
  kindsHidden: z
    .string()
    .trim()
    .max(2_000)
    .refine(
      (text) => kindsOf(text).every((kind) => /^[\w-]+(\.[\w-]+)+$/.test(kind)),
      'Name kinds as the menu of an entry does, such as pagure.issue.new, with commas between them.',
    )
    .default('')
    .meta({
      label: 'Kinds left out',
      hint: 'As the menu of an entry names them, such as pagure.issue.new, with commas between them.',
    }),
  grouped: z.boolean().default(true).meta({ label: 'Put entries together that belong together' }),
});

export type FeedSettings = z.output<typeof settings>;

/** The kinds that the owners of the hub left out of its feed. */
export const kindsLeftOut = ({ kindsHidden }: Pick<FeedSettings, 'kindsHidden'>): string[] =>
  kindsOf(kindsHidden);
