import { setTimeout as delay } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { Pool } from '../prisma/client.ts';

/** One sync of teams at a time, in all processes. The lock goes with its connection. */
const LOCK = "SELECT pg_try_advisory_lock(hashtext('sync teams')) AS held";
/** Who waits asks again: a query that waits would end when its time is over (QUERY_MS). */
const AGAIN_MS = 500;

async function tryLock(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(LOCK);
  return rows[0]?.held ?? false;
}

/**
 * Does the work while nobody else syncs.
 * @param pool of the direct address: a pooler would take the lock away
 * @param whenTaken called when another one is at it; false: then nothing is done
 * @returns what the work returned, or null
 */
export async function withSyncLock<T>(
  pool: Pool,
  whenTaken: () => boolean,
  work: () => Promise<T>,
): Promise<T | null> {
  const client = await pool.connect();
  try {
    let isOurs = await tryLock(client);
    if (!isOurs && !whenTaken()) return null;
    while (!isOurs) {
      await delay(AGAIN_MS);
      isOurs = await tryLock(client);
    }
    return await work();
  } finally {
    client.release(true);
  }
}
