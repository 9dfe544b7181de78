import { Redis } from 'ioredis';
import { streams } from '../bus/streams.ts';

export type StreamLengths = Record<keyof typeof streams, number>;

const CONNECT_MS = 2_000;

/** How many items lie in each stream; null while Redis does not answer. */
export async function readStreamLengths(url: string): Promise<StreamLengths | null> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    commandTimeout: CONNECT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: null,
  });
  redis.on('error', () => undefined); // the answer says it
  try {
    await redis.connect();
    const names = Object.keys(streams) as (keyof typeof streams)[];
    const lengths = await Promise.all(
      names.map(async (name) => [name, await redis.xlen(streams[name])] as const),
    );
    return Object.fromEntries(lengths) as StreamLengths;
  } catch {
    return null; // away; whoever asks says so
  } finally {
    redis.disconnect();
  }
}
