// What waits, what was put aside and how much room the stores have: the same whichever worker is asked.
import type { Redis } from 'ioredis';
import type { Registry } from 'prom-client';
import { readInfo } from '../bus/read-info.ts';
import { streams } from '../bus/streams.ts';
import type { Pool } from '../prisma/client.ts';
import { openMeasure } from '../runtime/measure.ts';
import { groups, readJobsState, readStreamStates, type StreamState } from './queue-state.ts';

export function measureRedis(metrics: Registry, redis: Redis): void {
  const measure = openMeasure(metrics, () => askRedis(redis));
  const byGroup = { label: 'group', words: groups.map(({ group }) => group) };
  const eachGroup = (states: StreamState[], read: (state: StreamState) => number) =>
    Object.fromEntries(states.map((state) => [state.group, read(state)]));
  measure.each('hubs_queue_waiting_items', 'Items that nobody has taken.', byGroup, ({ states }) =>
    eachGroup(states, ({ waiting }) => waiting),
  );
  measure.each('hubs_queue_held_items', 'Items that somebody works on.', byGroup, ({ states }) =>
    eachGroup(states, ({ inHand }) => inHand),
  );
  measure.each(
    'hubs_queue_oldest_seconds',
    'How long ago the oldest item was added that is not done; 0 where there is none.',
    byGroup,
    ({ states }) => eachGroup(states, ({ oldestMs }) => (oldestMs ?? 0) / 1_000),
  );
  measure.each('hubs_queue_members', 'Members of the group that beat.', byGroup, ({ states }) =>
    eachGroup(states, ({ consumers }) => consumers.filter(({ beats }) => beats).length),
  );
  measure.one('hubs_dead_items', 'Items in hubs:dead.', ({ dead }) => dead);
  measure.one('hubs_redis_memory_bytes', 'What Redis holds.', ({ memory }) => memory.used);
  measure.one(
    'hubs_redis_memory_limit_bytes',
    'What Redis may hold (maxmemory); 0 where nothing limits it.',
    ({ memory }) => memory.limit,
  );
  measure.one(
    'hubs_redis_evicts',
    '1 while Redis may throw keys away (maxmemory-policy).',
    ({ memory }) => memory.evicts,
  );
}

async function askRedis(redis: Redis) {
  const [states, dead, info] = await Promise.all([
    readStreamStates(redis),
    redis.xlen(streams.dead),
    readInfo(redis, 'memory'),
  ]);
  const memory = {
    used: Number(info.get('used_memory')),
    limit: Number(info.get('maxmemory')),
    evicts: info.get('maxmemory_policy') === 'noeviction' ? 0 : 1,
  };
  return { states, dead, memory };
}

/** Connections are those of all databases of the server; what only superusers may have is not counted as room. */
const COUNTS = `
  SELECT (SELECT count(*) FROM group_reading WHERE problem IS NOT NULL)::int AS "heldBack",
    (SELECT sum(numbackends) FROM pg_stat_database)::int AS used,
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS most`;

type Counts = Record<'heldBack' | 'used' | 'most', number>;

export function measurePostgres(metrics: Registry, pool: Pool): void {
  const measure = openMeasure(metrics, async () => {
    const jobs = await readJobsState(pool);
    const { rows } = await pool.query<Counts>(COUNTS);
    return { jobs, ...(rows[0] as Counts) };
  });
  measure.each(
    'hubs_jobs',
    'Promised jobs: due, due later, running, and those whose tries are used up.',
    { label: 'state', words: ['waiting', 'later', 'running', 'failed'] },
    ({ jobs }) => jobs,
  );
  measure.one(
    'hubs_jobs_oldest_seconds',
    'How long ago the oldest waiting job was due; 0 where none waits.',
    ({ jobs }) => (jobs.oldestMs ?? 0) / 1_000,
  );
  measure.one(
    'hubs_teams_held_back',
    'Teams tied to a group whose changes wait for a person to look (hubs fas sync-teams).',
    ({ heldBack }) => heldBack,
  );
  measure.one(
    'hubs_database_connections',
    'Connections of PostgreSQL, whoever has them.',
    ({ used }) => used,
  );
  measure.one(
    'hubs_database_connections_limit',
    'Connections that PostgreSQL allows (max_connections without the reserved).',
    ({ most }) => most,
  );
}
