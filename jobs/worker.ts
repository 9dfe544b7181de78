// The worker writes entries, tells the browsers, and turns stale values into promised loads, which it also runs.
import { connectRedis, fromFields, streams, type Work, workSchema } from '../bus/streams.ts';
import { openCache } from '../cache/open-cache.ts';
import { openFeeds } from '../feeds/open-feeds.ts';
import { openDatabase, openPool } from '../prisma/client.ts';
import type { Context, Running } from '../runtime/process.ts';
import { loadStale } from '../widgets/ask-for-loads.ts';
import { type Item, startConsumer } from './consumer.ts';
import { measureCache } from './coverage.ts';
import { measurePostgres, measureRedis } from './gauges.ts';
import { addNotice } from './notices.ts';
import { startRunner } from './runner.ts';
import { whenStoresAreThere } from './store-away.ts';
import { promiseFollowUpgrade } from './tasks/follow-upgrade.ts';
import { writeEntries } from './write-entries.ts';

const BATCH = 200;

/** The keys of values, each with the id of one message that changed it. */
const madeStaleBy = (work: Work[]): Map<string, string> =>
  new Map(work.flatMap(({ message, stale }) => stale.map((key) => [key, message.id] as const)));

export async function startWorker(context: Context): Promise<Running> {
  const { settings, log } = context;
  const pool = openPool(settings.DATABASE_DIRECT_URL, { connections: 2, isDirect: true });
  const database = openDatabase(pool);
  const feeds = openFeeds(settings, pool);
  const cache = openCache(settings, (sentence) => context.log.warn(sentence));
  await whenStoresAreThere(
    () => promiseFollowUpgrade(pool),
    (error) => context.log.warn({ err: error }, 'PostgreSQL is away; the worker starts when it is there'),
  );
  const redis = connectRedis(settings.REDIS_URL);
  measureRedis(context.metrics, redis);
  measurePostgres(context.metrics, pool);
  measureCache(context.metrics, context.log, { pool, cache, redis });
  const runner = await startRunner(context, { pool, database, cache, feeds, redis });
  const consumer = await startConsumer(context, {
    stream: streams.work,
    group: 'worker',
    batch: BATCH,
    async handle(items: Item[], acknowledgement) {
      const work = items.map((item) => ({ ...fromFields(workSchema, item.fields), again: item.again }));
      for (const notice of await writeEntries(work, pool, feeds)) addNotice(acknowledgement, notice);
      await loadStale({ pool, redis }, madeStaleBy(work), settings.LOAD_TRIES);
      for (const { message, feeds: places, stale } of work)
        log.debug({ message: message.id, hubs: places.map(({ hub }) => hub), stale }, 'written');
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
      redis.disconnect();
      await pool.end();
    },
  };
}
