import type { Meeting } from '../../upstreams/calendars/meeting.ts';

/** What is loaded of a calendar. */
export interface Meetings {
  /** What it calls itself. */
  calendar: string;
  /** Soonest first, from 30 days ago on. */
  meetings: Meeting[];
  /** Its page for people, if it has one. */
  href: string | null;
}

/** Of each meeting the occurrence that goes on now, else the next one; what begins first comes first. */
export function nextOfEach(meetings: Meeting[], now: number): Meeting[] {
  const next = new Map<string, Meeting>();
  for (const meeting of meetings) {
    if (meeting.endsAt > now && !next.has(meeting.series)) next.set(meeting.series, meeting);
  }
  return [...next.values()];
}
