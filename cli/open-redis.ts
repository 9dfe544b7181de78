import type { Redis } from 'ioredis';
import { connectOnce } from '../bus/connect-once.ts';
import { Refusal } from './refusal.ts';

const CONNECT_MS = 5_000;

/**
 * A connection that answers, and is not made anew when it breaks. Who opened it disconnects it.
 * @throws {Refusal} when Redis does not answer or does not let Hubs in
 */
export async function openRedis(url: string): Promise<Redis> {
  try {
    return await connectOnce(url, { connectMs: CONNECT_MS });
  } catch (cause) {
    const { message: reason } = cause as Error;
    if (/NOAUTH|WRONGPASS/.test(reason))
      throw new Refusal('Redis refuses the password of REDIS_URL; correct it.', { cause });
    throw new Refusal(`Redis does not answer (${reason}); start it, or correct REDIS_URL.`, { cause });
  }
}
