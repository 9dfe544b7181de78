// Whether what waits is being worked on, and whether Redis keeps it.
import { readInfo } from '../../bus/read-info.ts';
import { streams } from '../../bus/streams.ts';
import { plural, sayAge } from '../../ui/words.ts';
import { defineCheck, type Wrong } from './check.ts';

/** What is new is shown within seconds; after so long somebody asks. */
const WAITING_MS = 5 * 60_000;

export const queues = defineCheck({
  name: 'queues',
  needs: ['postgres', 'redis'],
  async look({ postgres, redis }) {
    const now = Date.now();
    const wrong: Wrong[] = [];
    const tell = (what: string, oldest: number | undefined, count: number, worker: string) => {
      if (oldest === undefined || now - oldest < WAITING_MS) return;
      wrong.push({
        what: `${plural(count, 'item waits', 'items wait')} in ${what}, the oldest since ${sayAge(oldest, now)}.`,
        why: 'What happens now is shown that late, or not at all.',
        remedy: `See whether ${worker} runs, what its /readyz and its log say; start more of them.`,
      });
    };
    for (const [stream, worker] of [
      [streams.bus, '`hubs run triage`'],
      [streams.work, '`hubs run worker`'],
    ] as const) {
      // What is acknowledged is deleted: the first item is the oldest that waits.
      const [first] = await redis.xrange(stream, '-', '+', 'COUNT', 1);
      tell(stream, first && Number(first[0].split('-')[0]), await redis.xlen(stream), worker);
    }
    const { rows } = await postgres.query<{ count: number; oldest: Date | null }>(
      `SELECT count(*)::int AS count, min(run_at) AS oldest FROM graphile_worker.jobs
       WHERE locked_at IS NULL AND attempts < max_attempts AND run_at <= now()`,
    );
    const { count = 0, oldest = null } = rows[0] ?? {};
    tell('the queue of jobs', oldest?.getTime(), count, '`hubs run worker`');
    return wrong.length > 0 ? wrong : 'nothing waits long';
  },
});

export const redisPolicy = defineCheck({
  name: 'redis policy',
  needs: ['redis'],
  async look({ redis }) {
    const policy = (await readInfo(redis, 'memory')).get('maxmemory_policy');
    const wrong: Wrong[] = [];
    if (policy !== 'noeviction')
      wrong.push({
        what: `Redis may throw keys away (maxmemory-policy ${policy}).`,
        why: 'Messages, beats and seen ids vanish without a word when its memory is full.',
        remedy: 'Set `maxmemory-policy noeviction` in redis.conf; caches belong to another server.',
      });
    if ((await readInfo(redis, 'persistence')).get('aof_enabled') !== '1')
      wrong.push({
        what: 'Redis keeps no log of what it holds (appendonly no).',
        why: 'After a restart what waited is gone and has to be read again from the archive.',
        remedy: 'Set `appendonly yes` in redis.conf.',
      });
    return wrong.length > 0 ? wrong : `${policy}, append-only`;
  },
});
