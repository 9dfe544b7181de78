import type { Stores } from '../app/stores.ts';
import { openCache } from '../cache/open-cache.ts';
import { openFeeds } from '../feeds/open-feeds.ts';
import { openDatabase, openPool } from '../prisma/client.ts';
import { testContext } from './stores.ts';

/** What the web's route handlers stand on, over a database of the test's own. Ending the pool closes it. */
export function openWebStores(databaseUrl: string): Stores {
  const { settings, log } = testContext({ databaseUrl, redisUrl: 'redis://none' });
  const pool = openPool(databaseUrl);
  const database = openDatabase(pool);
  return {
    ...{ settings, log, pool, database, providers: [] },
    feeds: openFeeds(settings, pool),
    cache: openCache(settings),
  };
}
