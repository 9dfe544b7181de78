import { z } from 'zod';

/** Members (with the owners among them), the owners alone, or those who follow the hub. */
export const shownRoles = { member: 'Members', owner: 'Owners', subscriber: 'Subscribers' } as const;

export type ShownRole = keyof typeof shownRoles;

export const settings = z.object({
  role: z
    .enum(['member', 'owner', 'subscriber'])
    .default('member')
    .meta({ label: 'Who', options: shownRoles }),
  n: z.number().int().min(1).max(60).default(6).meta({ label: 'People shown' }),
});

export type PeopleSettings = z.output<typeof settings>;
