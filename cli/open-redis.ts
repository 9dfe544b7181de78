import { Redis } from 'ioredis';
import { Refusal } from './refusal.ts';

const CONNECT_MS = 5_000;

/**
 * A connection that answers, and is not made anew when it breaks. Who opened it disconnects it.
 * @throws {Refusal} when Redis does not answer or does not let Hubs in
 */
export async function openRedis(url: string): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason = 'the connection ended';
  // ioredis tells the cause here and rejects with a sentence of its own.
  redis.on('error', (error: NodeJS.ErrnoException) => {
    reason = error.code ?? error.message;
  });
  try {
    await redis.connect();
    await redis.ping();
    return redis;
  } catch (cause) {
    redis.disconnect();
    if (/NOAUTH|WRONGPASS/.test(`${reason} ${(cause as Error).message}`))
      throw new Refusal('Redis refuses the password of REDIS_URL; correct it.', { cause });
    throw new Refusal(`Redis does not answer (${reason}); start it, or correct REDIS_URL.`, { cause });
  }
}
