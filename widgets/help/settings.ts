import { z } from 'zod';

export const settings = z.object({
  n: z
    .number()
    .int()
    .min(1)
    .max(50)
    .default(4)
    .meta({ label: 'Requests shown', hint: 'The rest can be unfolded.' }),
  teams: z.string().trim().max(1_000).default('').meta({
    label: 'Teams',
    hint: 'On your own hub and stream: names of teams, separated by commas. Empty: all of yours.',
  }),
});

export type HelpSettings = z.output<typeof settings>;
