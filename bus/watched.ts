// Which hubs somebody has open now. The SSE servers say so in Redis, again and again, for it runs out by itself.
import type { Redis } from 'ioredis';

const watchedKey = (hub: number) => `hubs:watched:${hub}`;

/** @param lastsMs until then it must be said again */
export async function sayWatched(redis: Redis, hubs: number[], lastsMs: number): Promise<void> {
  const all = redis.pipeline();
  for (const hub of hubs) all.set(watchedKey(hub), '', 'PX', lastsMs);
  await all.exec();
}

/** Those of the hubs that somebody has open. */
export async function whichAreWatched(redis: Redis, hubs: number[]): Promise<Set<number>> {
  if (hubs.length === 0) return new Set();
  const found = await redis.mget(hubs.map(watchedKey));
  return new Set(hubs.filter((_, index) => found[index] !== null));
}
