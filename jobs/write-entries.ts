// From work to entries in feeds; worker and backfill do it alike.
import { describe } from '../activity/describe.ts';
import type { TracedNotice, Work } from '../bus/streams.ts';
import type { Entry, FeedStore } from '../feeds/feed-store.ts';
import { makeEntries } from '../feeds/make-entry.ts';
import { audienceOf } from '../hubs/permissions.ts';
import type { Pool } from '../prisma/client.ts';
import type { Hub } from '../prisma/generated/client.ts';
import { countEntries } from './count-entries.ts';

/**
 * Each hub is looked up by its id, in the order of ids: a join would read all hubs, and two workers could wait for each
 * other. $2 is the newest time of each, by id.
 */
const TOUCH = `
  UPDATE hub SET last_entry_at = GREATEST(last_entry_at, to_timestamp(($2::jsonb ->> id::text)::float8 / 1000))
  WHERE id = ANY (ARRAY(SELECT unnest($1::int[]) ORDER BY 1))
  RETURNING id, type, visibility`;

/** Notes each hub's newest entry; what the notice needs comes back. Hubs deleted meanwhile are left out. */
async function touchHubs(pool: Pool, entries: Entry[]): Promise<Pick<Hub, 'id' | 'type' | 'visibility'>[]> {
  const newest = new Map<number, number>();
  for (const { hub, time } of entries) newest.set(hub, Math.max(newest.get(hub) ?? 0, time));
  const { rows } = await pool.query<Pick<Hub, 'id' | 'type' | 'visibility'>>(TOUCH, [
    [...newest.keys()],
    JSON.stringify(Object.fromEntries(newest)),
  ]);
  return rows;
}

/**
 * Writes a batch's entries and counts them; entries of an item that somebody held before are told again, for that may
 * not have happened.
 * @returns what browsers are to be told
 */
export async function writeEntries(
  work: (Work & { again: boolean })[],
  pool: Pool,
  feeds: FeedStore,
): Promise<TracedNotice[]> {
  const entries = work.flatMap(({ message, feeds: places }) =>
    places.length > 0 ? makeEntries(message, describe(message), places) : [],
  );
  const added = await feeds.add(entries);
  await countEntries(pool, entries);
  const toldAgain = new Set(work.filter(({ again }) => again).map(({ message }) => message.id));
  const told = [...added, ...entries.filter((entry) => toldAgain.has(entry.messageId))];
  if (told.length === 0) return [];
  const hubs = await touchHubs(pool, told);
  const byHub = Map.groupBy(told, ({ hub }) => hub);
  return hubs.map((hub) => ({
    ...{ hub: hub.id, what: 'entry' as const, audience: audienceOf(hub) },
    messages: (byHub.get(hub.id) ?? []).map(({ messageId }) => messageId),
  }));
}
