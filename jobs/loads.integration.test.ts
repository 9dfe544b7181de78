// Loads on real stores, with stand-ins for a forum that behaves as its tags say, and for a calendar.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectRedis, streams, toFields } from '../bus/streams.ts';
import { openCache } from '../cache/open-cache.ts';
import { openDatabase, openPool } from '../prisma/client.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import type { Running } from '../runtime/process.ts';
import { createDatabase, startTestRedis, testContext, until } from '../testing/stores.ts';
import { askForLoads, noteLooks, priorities } from '../widgets/ask-for-loads.ts';
import { refreshInterests } from '../widgets/interests.ts';
import { readValues } from '../widgets/values.ts';
import { startWorker } from './worker.ts';

const databaseUrl = await createDatabase();
const redisServer = await startTestRedis();
const redis = connectRedis(redisServer.url);
const pool = openPool(databaseUrl);
const database = openDatabase(pool);

/** What the forum was asked, by tag, and how many requests it held at once. */
const forum = {
  asked: new Map<string, number>(),
  held: new Set<ServerResponse>(),
  mostHeld: 0,
  /** What it does with tags that begin with `ill`. */
  ill: 'hangs' as 'hangs' | 'fails' | 'well',
};
const ETAG = 'W/"same"';

function answerForum(request: IncomingMessage, response: ServerResponse): void {
  const tag = /\/tag\/([^.]+)/.exec(request.url ?? '')?.[1] ?? '';
  forum.asked.set(tag, (forum.asked.get(tag) ?? 0) + 1);
  forum.held.add(response);
  forum.mostHeld = Math.max(forum.mostHeld, forum.held.size);
  response.on('close', () => forum.held.delete(response));
  if (tag.startsWith('ill') && forum.ill === 'hangs') return;
  if (tag.startsWith('ill') && forum.ill === 'fails') {
    response.writeHead(500).end();
    return;
  }
  if (tag.startsWith('limited')) {
    response.writeHead(429, { 'retry-after': '120' }).end();
    return;
  }
  if (request.headers['if-none-match'] === ETAG) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json', ...(tag === 'same' ? { etag: ETAG } : {}) });
  const topic = { id: 1, title: `About ${tag}`, slug: 'first', posts_count: 2, views: 3 };
  response.end(JSON.stringify({ users: [], topic_list: { topics: [topic] } }));
}
const servers = [
  createServer(answerForum),
  createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"meetings": []}');
  }),
];
const [forumUrl = '', calendarUrl = ''] = await Promise.all(
  servers.map(async (server) => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }),
);

const context = testContext({
  databaseUrl,
  redisUrl: redisServer.url,
  overrides: { DISCOURSE_URL: forumUrl, FEDOCAL_URL: calendarUrl },
});
const cache = openCache(context.settings);
const registries = [new Registry(), new Registry()];
let workers: Running[] = [];
const start = async () => {
  workers = await Promise.all(registries.map((metrics) => startWorker({ ...context, metrics })));
};
const stop = async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
};
const children: ChildProcess[] = [];

beforeAll(start);
beforeEach(async () => {
  await until(async () => {
    await pool.query('DELETE FROM graphile_worker._private_jobs WHERE locked_at IS NULL');
    return (await pool.query('SELECT FROM graphile_worker.jobs')).rowCount === 0;
  });
  await redis.del('hubs:service:discourse', 'hubs:loading');
  Object.assign(forum, { asked: new Map(), mostHeld: 0, ill: 'hangs' });
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await stop();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await pool.end();
  redis.disconnect();
  await redisServer.stop();
});

type Team = { name: string; kind: 'discussion' | 'meetings'; discourseTag?: string; calendar?: string };

/** Teams whose pages somebody looked at, each with one loaded value. @returns their keys */
async function show(teams: Team[]): Promise<string[]> {
  const make = async (tx: Prisma.TransactionClient) => {
    const keys: string[] = [];
    for (const { kind, ...team } of teams) {
      const widgets = { create: { kind, column: 'right', place: 0 } } as const;
      const own = { type: 'team', groupName: team.name, layoutEdited: true, widgets } as const;
      const hub = await tx.hub.create({ data: { ...own, ...team } });
      await refreshInterests(tx, hub.id);
      keys.push((await tx.widget.findFirstOrThrow({ where: { hubId: hub.id } })).valueKey ?? '');
    }
    return keys;
  };
  const keys = await database.$transaction(make, { timeout: 20_000 });
  await noteLooks(pool, keys);
  return keys;
}
const showTags = (tags: string[]) =>
  show(tags.map((tag) => ({ name: tag, kind: 'discussion', discourseTag: tag })));
const ask = (keys: string[]) =>
  askForLoads(
    pool,
    keys.map((key) => ({ key, priority: priorities.watched })),
    context.settings.LOAD_TRIES,
  );
const numbered = (word: string, n: number) => Array.from({ length: n }, (_, number) => `${word}${number}`);
const read = async (key: string) => (await readValues(cache, [key]))[0] ?? null;
const readAll = (keys: string[]) => readValues(cache, keys);
/** Ends the wait of a value's job; of all where none is named. What still runs can't be ended. */
const runNow = (key?: string) =>
  pool.query(
    `UPDATE graphile_worker._private_jobs SET run_at = now() WHERE locked_at IS NULL AND key = coalesce($1, key)`,
    [key],
  );
/** Why a load failed is written before its next job is. */
const untilJobsWait = (count: number) =>
  until(async () => {
    const { rows } = await pool.query('SELECT locked_at FROM graphile_worker.jobs');
    return rows.length === count && rows.every((job) => job.locked_at === null);
  });
/** Of both workers. */
async function counted(outcome: string, host = new URL(forumUrl).host): Promise<number> {
  const all = await Promise.all(
    registries.map((metrics) => metrics.getSingleMetric('hubs_loads_total')?.get()),
  );
  return all
    .flatMap((metric) => metric?.values ?? [])
    .filter(({ labels }) => labels.host === host && labels.outcome === outcome)
    .reduce((sum, { value }) => sum + value, 0);
}

test('a service that hangs starves nobody; one that fails is soon left alone, and each widget says why and until when', async () => {
  const ill = await showTags(numbered('ill', 12));
  const [calendar = ''] = await show([{ name: 'calendar', kind: 'meetings', calendar: 'calendar' }]);
  expect(await registries[0]?.metrics()).toContain('hubs_loads_total{host="other",outcome="unseen"} 0');
  await ask(ill);
  await until(() => forum.held.size === context.settings.LOADS_PER_SERVICE);
  await ask([calendar]);
  await until(async () => (await read(calendar))?.value);
  expect(forum.held.size).toBe(context.settings.LOADS_PER_SERVICE);

  forum.ill = 'fails';
  for (const response of forum.held) response.writeHead(500).end();
  await until(() => redis.hexists('hubs:service:discourse', 'brokenUntil'));
  const failures = async () => (await readAll(ill)).map((loaded) => loaded?.failure);
  await until(async () => (await failures()).every(Boolean));
  await untilJobsWait(ill.length);
  // Those that failed before it was left alone would try again sooner.
  await runNow();
  await until(async () =>
    (await failures()).every((failure) => (failure?.retryAt ?? 0) > Date.now() + 20_000),
  );
  for (const failure of await failures())
    expect(failure?.sentence).toMatch(/ has a fault of its own \(500\)\.$/);
  expect(forum.mostHeld).toBe(context.settings.LOADS_PER_SERVICE);
  expect(await registries[0]?.getSingleMetricAsString('hubs_service_resting')).toContain(
    `{host="${new URL(forumUrl).host}"} 1`,
  );

  await untilJobsWait(ill.length);
  // One asks again, and is answered; then all that waited are loaded.
  forum.ill = 'well';
  await redis.hset('hubs:service:discourse', 'brokenUntil', 1);
  await runNow(ill[0]);
  await until(async () => (await read(ill[0] ?? ''))?.value);
  await until(async () => !(await redis.hexists('hubs:service:discourse', 'brokenUntil')));
  await runNow();
  await until(async () => (await readAll(ill)).every((loaded) => loaded?.value && !loaded.failure));
});

test('a service that asks for fewer requests gets none until its time has come', async () => {
  const [first = '', second = ''] = await showTags(['limited', 'other']);
  await ask([first]);
  await until(async () => (await read(first))?.failure);
  await ask([second]);
  const failure = await until(async () => (await read(second))?.failure);
  for (const one of [failure, (await read(first))?.failure]) {
    expect(one?.sentence).toContain('asks for fewer requests (429)');
    expect(one?.retryAt).toBeGreaterThan(Date.now() + 110_000);
  }
  expect(forum.asked).toEqual(new Map([['limited', 1]]));
});

test('after its last try a value waits for somebody to look', async () => {
  const [key = ''] = await showTags(['ill']);
  forum.ill = 'fails';
  await pool.query(
    `SELECT graphile_worker.add_job('load', json_build_object('key', $1::text, 'tries', $2::int))`,
    [key, context.settings.LOAD_TRIES - 1],
  );
  const failure = await until(async () => (await read(key))?.failure);
  expect(failure).toEqual({
    sentence: expect.stringContaining('has a fault of its own'),
    at: expect.any(Number),
  });
  await until(async () => (await pool.query('SELECT FROM graphile_worker.jobs')).rowCount === 0);
});

test('without Redis no load starts and none has failed, other jobs go on; it is loaded once Redis is back', async () => {
  const [key = ''] = await showTags(['patient']);
  await redisServer.kill();
  await until(() => redis.status !== 'ready');
  await ask([key]);
  await pool.query(`SELECT graphile_worker.add_job('forget-seen')`);
  const jobs = async () => (await pool.query('SELECT key, attempts FROM graphile_worker.jobs')).rows;
  await until(async () => (await jobs()).length === 1);
  expect(await jobs()).toEqual([{ key, attempts: 0 }]);
  await redisServer.start();
  await until(async () => (await read(key))?.value);
  expect(forum.asked.get('patient')).toBe(1);
});

test('an answer that did not change keeps the value and renews its age', async () => {
  const [key = ''] = await showTags(['same']);
  await ask([key]);
  const before = await until(async () => (await read(key))?.value);
  await ask([key]);
  await until(async () => ((await read(key))?.value?.asOf ?? 0) > (before?.asOf ?? 0));
  expect(await read(key)).toEqual({ value: { ...before, asOf: expect.any(Number) } });
  await until(async () => (await counted('unchanged')) === 1);
  expect(forum.asked.get('same')).toBe(2);
});

test('a source that sends no messages is looked at again by itself, while somebody looked within a day', async () => {
  // The stand-in lies at an address that is not public, so all that is said of it is that.
  const address = `${calendarUrl}/team.ics`;
  const [key = ''] = await show([{ name: 'ical', kind: 'meetings', calendar: address }]);
  const renewal = async () => {
    const { rows } = await pool.query<{ minutes: number }>(
      `SELECT extract(epoch FROM run_at - now()) / 60 AS minutes FROM graphile_worker.jobs WHERE key = $1`,
      [`renew/${key}`],
    );
    return rows[0] && Number(rows[0].minutes);
  };
  await ask([key]);
  const minutes = await until(renewal);
  expect(minutes).toBeGreaterThan(50);
  expect(minutes).toBeLessThan(70);
  const ended = await counted('ended', 'other');
  await runNow();
  await until(async () => (await counted('ended', 'other')) === ended + 1);
  await until(renewal);

  await pool.query(`UPDATE loaded_value SET looked_at = now() - interval '25 hours' WHERE key = $1`, [key]);
  await runNow();
  await until(async () => (await pool.query('SELECT FROM graphile_worker.jobs')).rowCount === 0);
  expect(await counted('ended', 'other')).toBe(ended + 1);
  expect((await noteLooks(pool, [key])).get(key)).toBeGreaterThan(0);
});

test('what nobody looked at for a day while it waited is not asked for', async () => {
  const [key = ''] = await showTags(['unseen']);
  await pool.query(`UPDATE loaded_value SET looked_at = now() - interval '25 hours' WHERE key = $1`, [key]);
  await pool.query(
    `SELECT graphile_worker.add_job('load', json_build_object('key', $1::text), run_at := now() + interval '1 hour')`,
    [key],
  );
  await pool.query(
    `UPDATE graphile_worker._private_jobs SET created_at = now() - interval '25 hours', run_at = now()`,
  );
  await until(async () => (await counted('unseen')) === 1);
  expect(forum.asked.get('unseen')).toBeUndefined();
});

/** A post with the tag, as Fedora's Discourse says it. */
const post = (tag: string) => ({
  id: `post-${tag}-${forum.asked.get(tag) ?? 0}`,
  topic: 'org.fedoraproject.dev.discourse.post.post_created',
  environment: 'dev',
  category: 'discourse',
  time: Date.now(),
  severity: 'info',
  body: { webhook_body: { post: { id: 1, username: 'mira', topic_id: 1, topic_tags: [tag], tags: [tag] } } },
});

test('two processes load a change once', { timeout: 90_000 }, async () => {
  await stop();
  const tags = numbered('change', 10);
  const keys = await showTags(tags);
  const main = join(import.meta.dirname, 'main.ts');
  const env = {
    ...{ PATH: process.env.PATH, NODE_ENV: 'test' as const, HEALTH_PORT: '0', LOG_LEVEL: 'fatal' },
    ...{ DATABASE_URL: databaseUrl, REDIS_URL: redisServer.url, DISCOURSE_URL: forumUrl },
    CACHE_URL: context.settings.CACHE_URL,
  };
  for (let started = 0; started < 2; started += 1)
    children.push(spawn(process.execPath, [main], { env, stdio: 'inherit' }));
  await until(async () => (await redis.keys('hubs:beat:triage:*')).length === 2, { deadlineMs: 60_000 });
  for (const change of [1, 2]) {
    await Promise.all(tags.map((tag) => redis.xadd(streams.bus, '*', ...toFields(post(tag)))));
    await until(async () => (await redis.xlen(streams.bus)) + (await redis.xlen(streams.work)) === 0);
    await until(async () => (await pool.query('SELECT FROM graphile_worker.jobs')).rowCount === 0);
    expect([...forum.asked.values()]).toEqual(tags.map(() => change));
  }
  expect((await readAll(keys)).every((loaded) => loaded?.value)).toBe(true);
});
