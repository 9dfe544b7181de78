import type { Redis } from 'ioredis';

/** Web, listener and sse: they do not beat, and there is one of each at least. */
const WITHOUT_BEAT = 3;

/** How many processes run now, as their beats in Redis say (jobs/beat.ts): `hubs:beat:<group>:<host>:<pid>:<word>`. */
export async function countProcesses(redis: Redis): Promise<{ all: number; workers: number }> {
  const beating = new Set<string>();
  const workers = new Set<string>();
  for await (const keys of redis.scanStream({ match: 'hubs:beat:*' })) {
    for (const key of keys as string[]) {
      const [, , group, ...consumer] = key.split(':');
      const process = consumer.slice(0, -1).join(':');
      beating.add(process);
      if (group === 'worker') workers.add(process);
    }
  }
  return { all: beating.size + WITHOUT_BEAT, workers: workers.size };
}
