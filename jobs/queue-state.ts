// What waits, what is under way and who works on it: for whoever looks after Hubs.
import type { Redis } from 'ioredis';
import { streams } from '../bus/streams.ts';
import type { Pool } from '../prisma/client.ts';
import { beatKey } from './beat.ts';
import { HANDED_BACK } from './take-over.ts';

export interface StreamState {
  stream: string;
  group: string;
  /** All that are not acknowledged. */
  length: number;
  /** Nobody has taken them. */
  waiting: number;
  inHand: number;
  /** Milliseconds since the oldest was added; null where there is none. */
  oldestMs: number | null;
  consumers: { name: string; inHand: number; beats: boolean }[];
}

export interface JobsState {
  waiting: number;
  /** Not due yet, first tries and next ones. */
  later: number;
  running: number;
  /** Their tries are used up. */
  failed: number;
  /** Milliseconds since the oldest of the waiting was due; null where there is none. */
  oldestMs: number | null;
}

export const groups = [
  { stream: streams.bus, group: 'triage' },
  { stream: streams.work, group: 'worker' },
];

/** Milliseconds since 1970. */
const timeOf = (id: string): number => Number(id.split('-')[0]);

export const readStreamStates = (redis: Redis): Promise<StreamState[]> =>
  Promise.all(groups.map(({ stream, group }) => readStreamState(redis, stream, group)));

async function readStreamState(redis: Redis, stream: string, group: string): Promise<StreamState> {
  const [length, [oldest], [seconds]] = await Promise.all([
    redis.xlen(stream),
    redis.xrange(stream, '-', '+', 'COUNT', 1),
    redis.time(),
  ]);
  const consumers = await readConsumers(redis, stream, group);
  const inHand = consumers.reduce((sum, one) => sum + one.inHand, 0);
  return {
    ...{ stream, group, length, waiting: Math.max(0, length - inHand), inHand },
    oldestMs: oldest ? Math.max(0, Number(seconds) * 1_000 - timeOf(oldest[0])) : null,
    // What was handed back is in nobody's name.
    consumers: consumers.filter(({ name }) => name !== HANDED_BACK),
  };
}

async function readConsumers(redis: Redis, stream: string, group: string): Promise<StreamState['consumers']> {
  const found = await redis.xinfo('CONSUMERS', stream, group).catch((error: Error) => {
    // Nobody has read from it since Redis was made or emptied.
    if (/NOGROUP|no such key/.test(error.message)) return [];
    throw error;
  });
  return Promise.all(
    (found as (string | number)[][]).map(async (fields) => {
      const field = (key: string) => fields[fields.indexOf(key) + 1];
      const name = String(field('name'));
      return {
        ...{ name, inHand: Number(field('pending')) },
        beats: (await redis.exists(beatKey(group, name))) === 1,
      };
    }),
  );
}

export async function readJobsState(pool: Pool): Promise<JobsState> {
  const { rows } = await pool.query<JobsState>(`
    SELECT count(*) FILTER (WHERE alive AND NOT running AND run_at <= now())::int AS waiting,
      count(*) FILTER (WHERE alive AND NOT running AND run_at > now())::int AS later,
      count(*) FILTER (WHERE running)::int AS running,
      count(*) FILTER (WHERE NOT alive AND NOT running)::int AS failed,
      extract(epoch FROM now() - min(run_at) FILTER (WHERE alive AND NOT running AND run_at <= now()))::float8 * 1000 AS "oldestMs"
    FROM (SELECT run_at, locked_at IS NOT NULL AS running, attempts < max_attempts AS alive FROM graphile_worker.jobs) AS job`);
  return rows[0] as JobsState;
}
