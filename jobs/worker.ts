// The worker writes entries, tells the browsers, and turns stale values into promised loads, which it also runs.
import { describe } from '../activity/describe.ts';
import { fromFields, type Notice, streams, type Work, workSchema } from '../bus/streams.ts';
import { openCache } from '../cache/open-cache.ts';
import type { Entry, FeedStore } from '../feeds/feed-store.ts';
import { makeEntry } from '../feeds/make-entry.ts';
import { openFeeds } from '../feeds/open-feeds.ts';
import { audienceOf } from '../hubs/permissions.ts';
import { openDatabase, openPool, type Pool } from '../prisma/client.ts';
import type { Hub } from '../prisma/generated/client.ts';
import type { Context, Running } from '../runtime/process.ts';
import { followDefaults } from '../widgets/follow-defaults.ts';
import { refreshOutdated } from '../widgets/interests.ts';
import { askForLoads } from '../widgets/values.ts';
import { type Item, startConsumer } from './consumer.ts';
import { countEntries } from './count-entries.ts';
import { addNotice } from './notices.ts';
import { startRunner } from './runner.ts';

const BATCH = 50;
/** Notes each hub's newest entry; what the notice needs comes back. Hubs deleted meanwhile are left out. */
async function touchHubs(pool: Pool, entries: Entry[]): Promise<Pick<Hub, 'id' | 'type' | 'visibility'>[]> {
  const newest = new Map<number, number>();
  for (const { hub, time } of entries) newest.set(hub, Math.max(newest.get(hub) ?? 0, time));
  const { rows } = await pool.query<Pick<Hub, 'id' | 'type' | 'visibility'>>(
    `UPDATE hub SET last_entry_at = GREATEST(last_entry_at, to_timestamp(given.time / 1000.0))
     FROM unnest($1::int[], $2::float8[]) AS given (id, time) WHERE hub.id = given.id
     RETURNING hub.id, hub.type, hub.visibility`,
    [[...newest.keys()], [...newest.values()]],
  );
  return rows;
}

/** Writes a batch's entries; entries of an item that somebody held before are told again, for that may not have happened. */
async function writeEntries(
  work: (Work & { again: boolean })[],
  pool: Pool,
  feeds: FeedStore,
): Promise<Notice[]> {
  const entries = work.flatMap(({ message, feeds: targets }) => {
    const activity = targets.length > 0 ? describe(message) : null;
    return activity ? targets.map((target) => makeEntry(message, activity, target)) : [];
  });
  const added = await feeds.add(entries);
  await countEntries(pool, entries);
  const toldAgain = new Set(work.filter(({ again }) => again).map(({ message }) => message.id));
  const told = [...added, ...entries.filter((entry) => toldAgain.has(entry.messageId))];
  if (told.length === 0) return [];
  const hubs = await touchHubs(pool, told);
  return hubs.map((hub) => ({ hub: hub.id, what: 'entry' as const, audience: audienceOf(hub) }));
}

export async function startWorker(context: Context): Promise<Running> {
  const { settings } = context;
  const pool = openPool(settings.DATABASE_DIRECT_URL);
  const database = openDatabase(pool);
  const feeds = openFeeds(settings, pool);
  const cache = openCache(settings, (sentence) => context.log.warn(sentence));
  await refreshOutdated(database);
  await followDefaults(database);
  const runner = await startRunner(context, { pool, database, cache, feeds });
  const consumer = await startConsumer(context, {
    stream: streams.work,
    group: 'worker',
    batch: BATCH,
    async handle(items: Item[], acknowledgement) {
      const work = items.map((item) => ({ ...fromFields(workSchema, item.fields), again: item.again }));
      for (const notice of await writeEntries(work, pool, feeds)) addNotice(acknowledgement, notice);
      await askForLoads(pool, [...new Set(work.flatMap(({ stale }) => stale))], settings.LOAD_TRIES);
    },
  });
  return {
    async wrong() {
      const sentences = [...(await consumer.wrong()), await feeds.wrong(), await cache.wrong()];
      return sentences.filter((sentence) => sentence !== null);
    },
    async stop() {
      await Promise.all([consumer.stop(), runner.stop()]);
      await feeds.close();
      await cache.close();
      await pool.end();
    },
  };
}
