import { z } from 'zod';

export const settings = z.object({
  /** Members (with the owners among them), the owners alone, or those who follow the hub. */
  role: z.enum(['member', 'owner', 'subscriber']).default('member'),
  /** How many people are shown. */
  n: z.number().int().min(1).max(60).default(6),
});

export type PeopleSettings = z.output<typeof settings>;
