import { z } from 'zod';

export const settings = z.object({
  tag: z
    .string()
    .trim()
    .max(100)
    .default('')
    .meta({ label: 'Discourse tag', hint: 'Leave it empty to use the hub’s own.' }),
  category: z
    .string()
    .trim()
    .max(200)
    .refine(
      (text) => /^(?:(?:[\w-]+\/){1,3}\d+)?$/.test(text),
      'Give it as its address has it behind /c/, such as workstation/12.',
    )
    .default('')
    .meta({
      label: 'Discourse category',
      hint: 'Instead of a tag: what its address has behind /c/, such as workstation/12.',
    }),
  n: z.number().int().min(1).max(30).default(5).meta({ label: 'Topics shown' }),
});

export type DiscussionSettings = z.output<typeof settings>;
