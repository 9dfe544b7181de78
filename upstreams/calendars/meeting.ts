import { createHash } from 'node:crypto';
import type { ZoneDefinition } from './zone.ts';

/** What people read of a meeting. */
interface Words {
  title: string;
  /** As the calendar has it: a room, an address, a city. */
  place: string | null;
  description: string | null;
  /** The meeting's own page. */
  href: string | null;
}

/** One occurrence of a meeting, whatever calendar it comes from. */
export interface Meeting extends Words {
  /** Which meeting it is, in 16 letters: the same for each of its occurrences and from load to load. */
  series: string;
  /** Milliseconds since 1970, as `endsAt`; of one that lasts whole days: midnight of the first in UTC. */
  startsAt: number;
  /** Exclusive: of whole days the midnight after the last. */
  endsAt: number;
  allDay: boolean;
  /** `by-rule`: a `Series` has it; `listed`: it comes again, but by no rule that is known. */
  repeats: 'no' | 'by-rule' | 'listed';
}

/**
 * When something is, as iCalendar writes it: `2026-11-26T17:00:00` on the clocks of the series' zone (with a `Z` where
 * that is UTC), of whole days `2026-11-26`. The end is exclusive.
 */
interface When {
  start: string;
  end: string;
}

/** A meeting that repeats by a rule (RFC 5545, 3.8.5). */
export interface Series extends Words, When {
  series: string;
  /** Null: UTC, or whole days. */
  zone: ZoneDefinition | null;
  /** As in `RRULE`; where it ends is in UTC, or a day. */
  rule: string;
  /** When occurrences that don't take place would have begun. */
  left: string[];
  /** Occurrences that were moved or renamed; `instead` is when each would have begun. */
  changed: (Words & When & { instead: string })[];
}

/** What is known of a calendar's meetings. */
export interface Schedule {
  /** Soonest first; the first 500, fewer where their texts are long. */
  meetings: Meeting[];
  /** Of those that are there by a rule. */
  series: Series[];
}

/** From when to when occurrences are wanted, milliseconds since 1970. */
export interface Span {
  from: number;
  to: number;
}

const OCCURRENCES = 500;
/** As JSON, together; a cached value has at most 1,000,000 bytes (cache/cache.ts). */
const OCCURRENCES_BYTES = 700_000;
const SERIES_BYTES = 200_000;
const DAY_MS = 86_400_000;

/** What is kept of a calendar: enough for those who subscribe to it, and for what was lately. */
export const spanAround = (now: number): Span => ({ from: now - 30 * DAY_MS, to: now + 180 * DAY_MS });

/**
 * Orders the meetings and keeps what has room: a series for which there is none stays in its occurrences. Texts are cut
 * to what anybody reads.
 * @param given `series` is whatever the calendar tells its meetings apart by
 */
export function keepMeetings(given: Schedule): Schedule {
  const meetings = given.meetings
    .sort((a, b) => a.startsAt - b.startsAt || a.title.localeCompare(b.title))
    .slice(0, OCCURRENCES);
  const kept = keepSeries(meetings, given.series);
  return {
    meetings: firstOf(
      OCCURRENCES_BYTES,
      meetings.map((meeting) => {
        const byRule = meeting.repeats === 'by-rule';
        const repeats = byRule && !kept.has(meeting.series) ? 'listed' : meeting.repeats;
        const words = cutWords(meeting);
        // What a series says of its occurrences need not be said with each.
        if (repeats === 'by-rule') words.description = null;
        return { ...meeting, ...words, repeats, series: keyOf(meeting.series) };
      }),
    ),
    series: [...kept.values()],
  };
}

function firstOf(limitBytes: number, meetings: Meeting[]): Meeting[] {
  let bytes = 0;
  const end = meetings.findIndex((meeting) => {
    bytes += Buffer.byteLength(JSON.stringify(meeting)) + 1;
    return bytes > limitBytes;
  });
  return end < 0 ? meetings : meetings.slice(0, end);
}

/** Those with occurrences among the meetings, by what the calendar calls them. */
function keepSeries(meetings: Meeting[], all: Series[]): Map<string, Series> {
  const byName = new Map(all.map((one) => [one.series, one]));
  const kept = new Map<string, Series>();
  let bytes = 0;
  for (const { series, repeats } of meetings) {
    const one = byName.get(series);
    if (!one || repeats !== 'by-rule' || kept.has(series)) continue;
    const changed = one.changed.map((other) => ({ ...other, ...cutWords(other) }));
    const small = { ...one, ...cutWords(one), changed, series: keyOf(series) };
    const size = Buffer.byteLength(JSON.stringify(small));
    if (bytes + size > SERIES_BYTES) continue;
    bytes += size;
    kept.set(series, small);
  }
  return kept;
}

const keyOf = (series: string): string =>
  createHash('sha256').update(series).digest('base64url').slice(0, 16);

const cutWords = ({ title, place, description, href }: Words): Words => ({
  title: cut(title, 200) ?? 'Meeting',
  place: cut(place, 300),
  description: cut(description, 1_000),
  href,
});

function cut(text: string | null, length: number): string | null {
  const clean = text?.trim().toWellFormed() || null;
  return clean && clean.length > length ? `${clean.slice(0, length - 1)}…` : clean;
}
