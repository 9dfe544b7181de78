// What commands that look after the queues work with.
import type { Redis } from 'ioredis';
import { openPool, type Pool } from '../prisma/client.ts';
import { readSettings } from '../settings/settings.ts';
import { openRedis } from './open-redis.ts';

export interface Queues {
  redis: Redis;
  pool: Pool;
}

/**
 * Gives the work both stores, and closes them.
 * @throws {SettingsError} @throws {Refusal} where Redis does not answer
 */
export async function withQueues(work: (queues: Queues) => Promise<void>): Promise<void> {
  const settings = readSettings();
  const redis = await openRedis(settings.REDIS_URL);
  const pool = openPool(settings.DATABASE_DIRECT_URL);
  try {
    await work({ redis, pool });
  } finally {
    redis.disconnect();
    await pool.end();
  }
}
