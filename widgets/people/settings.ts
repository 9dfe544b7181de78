import { z } from 'zod';

export const settings = z.object({
  /** Members (with the owners among them), the owners alone, or those who follow the hub. */
  role: z
    .enum(['member', 'owner', 'subscriber'])
    .default('member')
    .meta({ label: 'Who', options: { member: 'Members', owner: 'Owners', subscriber: 'Subscribers' } }),
  n: z.number().int().min(1).max(60).default(6).meta({ label: 'People shown' }),
});

export type PeopleSettings = z.output<typeof settings>;
