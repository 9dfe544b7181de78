import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, expect, test } from 'vitest';
import { connectRedis, streams, toFields } from '../bus/streams.ts';
import { openCache } from '../cache/open-cache.ts';
import { openTestDatabase, startTestRedis, testContext, until } from '../testing/stores.ts';
import { beatKey } from './beat.ts';
import { measureCache } from './coverage.ts';
import { buryItem } from './dead-items.ts';
import { measurePostgres, measureRedis } from './gauges.ts';

const server = await startTestRedis();
const redis = connectRedis(server.url);
const { url: databaseUrl, pool, database } = await openTestDatabase();
const cache = openCache(testContext({ databaseUrl, redisUrl: server.url }).settings);
const metrics = new Registry();
measureRedis(metrics, redis);
measurePostgres(metrics, pool);
measureCache(metrics, pino({ level: 'silent' }), { pool, cache, redis });
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

/** By name and labels, as they are scraped. */
async function scrape(): Promise<Record<string, number>> {
  const lines = (await metrics.metrics()).split('\n').filter((line) => line.startsWith('hubs_'));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  );
}

test('what waits, who works on it and what was put aside', async () => {
  const old = `${Date.now() - 60_000}-0`;
  await redis.xadd(streams.bus, old, ...toFields({}));
  for (const _ of [1, 2]) await redis.xadd(streams.bus, '*', ...toFields({}));
  await redis.xgroup('CREATE', streams.bus, 'triage', '0');
  await redis.xreadgroup('GROUP', 'triage', 'living', 'COUNT', 1, 'STREAMS', streams.bus, '>');
  await redis.set(beatKey('triage', 'living'), '1');
  const item = (await redis.xadd(streams.work, '*', ...toFields({}))) as string;
  await buryItem(redis, { stream: streams.work, group: 'worker', item, reason: 'x', fields: toFields({}) });
  const seen = await scrape();
  expect(seen).toMatchObject({
    'hubs_queue_waiting_items{group="triage"}': 2,
    'hubs_queue_held_items{group="triage"}': 1,
    'hubs_queue_members{group="triage"}': 1,
    'hubs_queue_waiting_items{group="worker"}': 0,
    'hubs_queue_oldest_seconds{group="worker"}': 0,
    hubs_dead_items: 1,
  });
  expect(seen['hubs_queue_oldest_seconds{group="triage"}']).toBeGreaterThanOrEqual(59);
});

test('promised jobs by their state, and how long the oldest is due', async () => {
  await pool.query(`SELECT graphile_worker.add_job('load', run_at := now() - interval '5 minutes'),
    graphile_worker.add_job('load', run_at := now() + interval '1 hour')`);
  const { rows } = await pool.query(`SELECT (graphile_worker.add_job('load')).id`);
  await pool.query(`SELECT graphile_worker.permanently_fail_jobs(ARRAY[$1::bigint])`, [rows[0].id]);
  const seen = await scrape();
  expect(seen).toMatchObject({
    'hubs_jobs{state="waiting"}': 1,
    'hubs_jobs{state="later"}': 1,
    'hubs_jobs{state="running"}': 0,
    'hubs_jobs{state="failed"}': 1,
  });
  expect(seen.hubs_jobs_oldest_seconds).toBeGreaterThanOrEqual(299);
});

test('how much room PostgreSQL and Redis have, and whether Redis may throw things away', async () => {
  await redis.config('SET', 'maxmemory', '50mb', 'maxmemory-policy', 'allkeys-lru');
  const seen = await scrape();
  expect(seen).toMatchObject({ hubs_redis_memory_limit_bytes: 50 * 1024 * 1024, hubs_redis_evicts: 1 });
  expect(seen.hubs_redis_memory_bytes).toBeGreaterThan(100_000);
  expect(seen.hubs_database_connections).toBeGreaterThanOrEqual(1);
  expect(seen.hubs_database_connections_limit).toBeGreaterThan(seen.hubs_database_connections ?? 0);
  await redis.config('SET', 'maxmemory-policy', 'noeviction');
  expect(await scrape()).toMatchObject({ hubs_redis_evicts: 0 });
});

test('teams that a sync held back', async () => {
  const team = { type: 'team', name: 'docs', groupName: 'docs' } as const;
  const groupReading = { create: { problem: 'would lose most of its members' } };
  await database.hub.create({ data: { ...team, groupReading } });
  expect(await scrape()).toMatchObject({ hubs_teams_held_back: 1 });
});

test('the coverage of the cache is measured once in a while, not at each scrape', async () => {
  const create = ['a', 'b', 'b'].map(
    (valueKey, place) => ({ kind: 'discussion', column: 'right', place, valueKey }) as const,
  );
  const team = { type: 'team', name: 'garden', groupName: 'garden' } as const;
  await database.hub.create({ data: { ...team, widgets: { create } } });
  const value = { asOf: 1, content: null, source: { name: 'x', href: null } };
  await cache.set('a', Buffer.from(JSON.stringify({ value })));
  await redis.del('hubs:coverage:measured');
  await until(async () => (await scrape())['hubs_cache_values{state="missing"}'] === 1);
  expect(await scrape()).toMatchObject({ 'hubs_cache_values{state="found"}': 1 });
  await cache.delete('a');
  await scrape();
  expect(await redis.ttl('hubs:coverage:measured')).toBeGreaterThan(500);
  expect(await scrape()).toMatchObject({ 'hubs_cache_values{state="found"}': 1 });
});
