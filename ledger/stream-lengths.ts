import { connectOnce } from '../bus/connect-once.ts';
import { streams } from '../bus/streams.ts';

export type StreamLengths = Record<keyof typeof streams, number>;

const LIMIT_MS = 2_000;

/** How many items lie in each stream; null while Redis does not answer. */
export async function readStreamLengths(url: string): Promise<StreamLengths | null> {
  const redis = await connectOnce(url, { connectMs: LIMIT_MS, commandMs: LIMIT_MS }).catch(() => null);
  if (!redis) return null; // away; whoever asks says so
  try {
    const names = Object.keys(streams) as (keyof typeof streams)[];
    const lengths = await Promise.all(
      names.map(async (name) => [name, await redis.xlen(streams[name])] as const),
    );
    return Object.fromEntries(lengths) as StreamLengths;
  } catch {
    return null; // it went away meanwhile
  } finally {
    redis.disconnect();
  }
}
