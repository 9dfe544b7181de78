import type { Meeting, Schedule } from '../../upstreams/calendars/meeting.ts';

/** What is loaded of a calendar; `series` is for others' calendars (outputs/ical.ts), not for the view. */
export interface Meetings extends Schedule {
  /** What it calls itself. */
  calendar: string;
  /** Its page for people, if it has one. */
  href: string | null;
}

/** A page that stays open shows these one after the other until the calendar is read anew. */
const OF_EACH = 3;

/** What the view needs to show `n` meetings for a while: of the soonest the next occurrences, and a few in reserve. */
export function soonOf(meetings: Meeting[], n: number, now: number): Meeting[] {
  const counts = new Map<string, number>();
  return meetings.filter(({ series, endsAt }) => {
    const count = counts.get(series) ?? 0;
    if (endsAt <= now || count >= OF_EACH || (count === 0 && counts.size >= 2 * n)) return false;
    counts.set(series, count + 1);
    return true;
  });
}

/** Of each meeting the occurrence that goes on now, else the next one; what begins first comes first. */
export function nextOfEach(meetings: Meeting[], now: number): Meeting[] {
  const next = new Map<string, Meeting>();
  for (const meeting of meetings) {
    if (meeting.endsAt > now && !next.has(meeting.series)) next.set(meeting.series, meeting);
  }
  return [...next.values()];
}
