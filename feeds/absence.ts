// "While you were away": one function for the page, for feeds that go outside and for mail.
import type { Database } from '../prisma/client.ts';
import { FEED_LENGTH } from './feed-store.ts';
import type { ToldEntry } from './told-entry.ts';

const LINES = 20;

export interface Absence<Entry = ToldEntry> {
  /** Milliseconds since 1970. */
  since: number;
  /** The newest of what came meanwhile. */
  lines: Entry[];
  /** How much more came before those. */
  older: number;
}

/**
 * What came since somebody was away; null where nothing did.
 * @param entries what is kept of their feed, newest first
 * @param counted how many there were since then, also those not kept any more (`countSince`)
 */
export function tellAbsence<Entry extends { time: number }>(
  since: number,
  entries: Entry[],
  counted: number,
): Absence<Entry> | null {
  const fresh = entries.filter(({ time }) => time > since);
  if (fresh.length === 0) return null;
  const lines = fresh.slice(0, LINES);
  // What is kept reaches back behind the absence: nothing is missing. The counts know nothing of what was hidden.
  const all = reachesBack(since, entries) ? fresh.length : Math.max(counted, fresh.length);
  return { since, lines, older: all - lines.length };
}

const reachesBack = (since: number, entries: { time: number }[]): boolean =>
  entries.length < FEED_LENGTH || (entries.at(-1)?.time ?? 0) <= since;

/** What came to the hubs since then, as `tellAbsence` says it; the counts are asked only where they are needed. */
export async function readAbsence(
  database: Database,
  since: number,
  entries: ToldEntry[],
  given: { hubs: number[]; kindsHidden: string[]; now: number },
): Promise<Absence | null> {
  const counted = reachesBack(since, entries) ? 0 : await countSince(database, since, given);
  return tellAbsence(since, entries, counted);
}

const REMEMBERED_MS = 7 * 86_400_000;

/**
 * How many messages came to these hubs. Of the last 7 days each counts once, however many hubs have it; of the time
 * before there are only sums of whole days (UTC) by hub.
 */
async function countSince(
  database: Database,
  since: number,
  { hubs, kindsHidden, now }: { hubs: number[]; kindsHidden: string[]; now: number },
): Promise<number> {
  const from = new Date(since);
  const remembered = new Date(now - REMEMBERED_MS);
  const [row] = await database.$queryRaw<{ n: number }[]>`
    SELECT (
      (SELECT count(DISTINCT message_id) FROM entry_seen
        WHERE hub_id = ANY(${hubs}) AND time > greatest(${from}::timestamptz, ${remembered}::timestamptz)
          AND NOT kind = ANY(${kindsHidden}))
      + (SELECT coalesce(sum(n), 0) FROM hub_day
        WHERE hub_id = ANY(${hubs}) AND NOT kind = ANY(${kindsHidden})
          AND day > (${from}::timestamptz AT TIME ZONE 'UTC')::date
          AND day < (${remembered}::timestamptz AT TIME ZONE 'UTC')::date)
    )::int AS n`;
  return row?.n ?? 0;
}
