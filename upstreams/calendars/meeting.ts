import { createHash } from 'node:crypto';

/** One occurrence of a meeting, whatever calendar it comes from. */
export interface Meeting {
  /** Which meeting it is, in 16 letters: the same for each of its occurrences and from load to load. */
  series: string;
  title: string;
  /** Milliseconds since 1970, as `endsAt`; of one that lasts whole days: midnight of the first in UTC. */
  startsAt: number;
  /** Exclusive: of whole days the midnight after the last. */
  endsAt: number;
  allDay: boolean;
  /** As the calendar has it: a room, an address, a city. */
  place: string | null;
  description: string | null;
  /** The meeting's own page. */
  href: string | null;
}

/** From when to when occurrences are wanted, milliseconds since 1970. */
export interface Span {
  from: number;
  to: number;
}

const OCCURRENCES = 500;
const DAY_MS = 86_400_000;

/** What is kept of a calendar: enough for those who subscribe to it, and for what was lately. */
export const spanAround = (now: number): Span => ({ from: now - 30 * DAY_MS, to: now + 180 * DAY_MS });

/**
 * Soonest first, the first 500; texts cut to what anybody reads.
 * @param meetings `series` is whatever the calendar tells its meetings apart by
 */
export const inOrder = (meetings: Meeting[]): Meeting[] =>
  meetings
    .sort((a, b) => a.startsAt - b.startsAt || a.title.localeCompare(b.title))
    .slice(0, OCCURRENCES)
    .map((meeting) => ({
      ...meeting,
      series: createHash('sha256').update(meeting.series).digest('base64url').slice(0, 16),
      title: cut(meeting.title, 200) ?? 'Meeting',
      place: cut(meeting.place, 300),
      description: cut(meeting.description, 1_000),
    }));

function cut(text: string | null, length: number): string | null {
  const clean = text?.trim().toWellFormed() || null;
  return clean && clean.length > length ? `${clean.slice(0, length - 1)}…` : clean;
}
