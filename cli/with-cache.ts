import type { Cache } from '../cache/cache.ts';
import { openCache } from '../cache/open-cache.ts';
import type { Pool } from '../prisma/client.ts';
import { Refusal } from './refusal.ts';
import { withDatabase } from './with-database.ts';

/**
 * Opens database and cache, does the work, closes them.
 * @throws {Refusal} when the cache does not answer
 */
export const withCache = <T>(work: (pool: Pool, cache: Cache) => Promise<T>): Promise<T> =>
  withDatabase(async ({ settings, pool }) => {
    const cache = openCache(settings);
    try {
      return await work(pool, naming(cache));
    } finally {
      await cache.close();
    }
  });

/** The same cache; what it throws is said as the cache's. */
function naming(cache: Cache): Cache {
  const refuse = (cause: Error): never => {
    throw new Refusal(`The cache of CACHE_URL can't be used: ${cause.message}.`, { cause });
  };
  return {
    ...cache,
    getMany: (keys) => cache.getMany(keys).catch(refuse),
    delete: (key) => cache.delete(key).catch(refuse),
  };
}
