import { z } from 'zod';
import { isCalendar, noCalendar } from '../../hubs/calendar-name.ts';

export const settings = z.object({
  calendar: z.string().trim().max(2_000).refine(isCalendar, noCalendar).default('').meta({
    label: 'Calendar',
    hint: 'The name of a Fedocal calendar, or the address of an iCal file. Leave it empty to use the hub’s own.',
  }),
  n: z.number().int().min(1).max(20).default(4).meta({ label: 'Meetings shown' }),
});

export type MeetingsSettings = z.output<typeof settings>;
