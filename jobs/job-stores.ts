import type { Redis } from 'ioredis';
import type { Cache } from '../cache/cache.ts';
import type { FeedStore } from '../feeds/feed-store.ts';
import type { Database, Pool } from '../prisma/client.ts';

/** What promised jobs work on. */
export interface JobStores {
  pool: Pool;
  database: Database;
  cache: Cache;
  feeds: FeedStore;
  /** Waits for a Redis that is away. */
  redis: Redis;
}
