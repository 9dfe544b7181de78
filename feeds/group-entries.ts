// Entries that belong together stand as one: a push, a group of builds, a thread.
import type { Part } from '../activity/activity.ts';
import { group } from '../activity/grouping.ts';
import type { ToldEntry } from './told-entry.ts';

/** Two entries or more; the newest one first, where the group stands. */
export interface EntryGroup {
  entries: [ToldEntry, ToldEntry, ...ToldEntry[]];
  parts: Part[];
  link: string | null;
  picture: string | null;
}

interface Cut {
  /** The calendar day of a time, in the reader's time zone, as any number that tells days apart. */
  dayOf(time: number): number;
  /** When the reader's last visit ended, in milliseconds since 1970; null where nobody knows. */
  since: number | null;
  /** The user name of who is addressed as "you". */
  reader?: string | undefined;
}

/**
 * Groups entries, newest first (bus.md §4.1 has the function). Grouping itself knows no time: the list is cut where the
 * reader's day changes and where their last visit ended, so that nothing new hides in what they know.
 */
export function groupEntries(
  entries: ToldEntry[],
  { dayOf, since, reader }: Cut,
): (ToldEntry | EntryGroup)[] {
  const spans = Map.groupBy(entries, ({ time }) => `${dayOf(time)} ${since !== null && time > since}`);
  return [...spans.values()].flatMap((span) => groupSpan(span, reader));
}

function groupSpan(span: ToldEntry[], reader: string | undefined): (ToldEntry | EntryGroup)[] {
  const byMessage = new Map(span.map((entry) => [entry.message, entry]));
  const grouped = group(
    span.map(({ message }) => message),
    { subject: reader, activityOf: (message) => byMessage.get(message)?.activity },
  );
  return grouped.flatMap(({ messages, parts, subjective, link, picture }) => {
    const [first, second, ...others] = messages.flatMap((message) => byMessage.get(message) ?? []);
    if (!first || !second) return first ?? [];
    return { entries: [first, second, ...others], parts: reader ? subjective : parts, link, picture };
  });
}
