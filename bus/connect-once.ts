// A connection to Redis for a few questions: it answers or fails, and is not made anew when it breaks.
import { Redis } from 'ioredis';

/**
 * Who opened it disconnects it.
 * @param limits milliseconds; a command may take any time where none is given
 * @throws with what the system or Redis said as its message, such as ECONNREFUSED
 */
export async function connectOnce(
  url: string,
  { connectMs, commandMs }: { connectMs: number; commandMs?: number },
): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: connectMs,
    ...(commandMs !== undefined && { commandTimeout: commandMs }),
    maxRetriesPerRequest: 0,
    retryStrategy: null,
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
    const refused = /NOAUTH|WRONGPASS/.exec((cause as Error).message);
    throw new Error(refused ? refused[0] : reason, { cause });
  }
}
