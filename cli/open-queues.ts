// What commands that look after the queues work with.
import { once } from 'node:events';
import type { Redis } from 'ioredis';
import { connectRedis } from '../bus/streams.ts';
import { HubError } from '../hubs/hub-error.ts';
import { openPool, type Pool } from '../prisma/client.ts';
import { readSettings } from '../settings/settings.ts';

export interface Queues {
  redis: Redis;
  pool: Pool;
}

const CONNECT_MS = 5_000;

/**
 * Gives the work both stores, and closes them.
 * @throws {SettingsError} @throws {HubError} where Redis does not answer
 */
export async function withQueues(work: (queues: Queues) => Promise<void>): Promise<void> {
  const settings = readSettings();
  const redis = connectRedis(settings.REDIS_URL, 'fail');
  const pool = openPool(settings.DATABASE_DIRECT_URL);
  try {
    await once(redis, 'ready', { signal: AbortSignal.timeout(CONNECT_MS) }).catch((cause) => {
      throw new HubError(
        `Redis does not answer (${(cause as Error).message}); start it, or correct REDIS_URL.`,
      );
    });
    await work({ redis, pool });
  } finally {
    redis.disconnect();
    await pool.end();
  }
}
