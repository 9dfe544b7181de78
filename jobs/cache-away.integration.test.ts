// Loads while memcached is away: what could not be kept is not asked for, and waiting costs no try.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { openCache } from '../cache/open-cache.ts';
import { startMemcached, type TestMemcached } from '../testing/memcached.ts';
import { makePerson, makeTeam } from '../testing/people.ts';
import { skipUnless } from '../testing/skips.ts';
import { openTestDatabase, startTestRedis, testContext, until } from '../testing/stores.ts';
import { askForLoads, noteLooks, priorities } from '../widgets/ask-for-loads.ts';
import { refreshInterests } from '../widgets/interests.ts';
import { readValues } from '../widgets/values.ts';
import { startWorker } from './worker.ts';

skipUnless('memcached')('loads while memcached is away', async () => {
  const { url: databaseUrl, pool, database } = await openTestDatabase();
  const redisServer = await startTestRedis();
  const { person } = await makePerson(database, 'mira');

  /** Asked by tag; it answers at once, but those of `held`. */
  const asked: string[] = [];
  const held = new Map<string, ServerResponse | null>();
  const answer = (response: ServerResponse) =>
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ users: [], topic_list: { topics: [] } }));
  const forum = createServer((request, response) => {
    const tag = /\/tag\/([^.]+)/.exec(request.url ?? '')?.[1] ?? '';
    asked.push(tag);
    if (held.has(tag)) held.set(tag, response);
    else answer(response);
  });
  await once(forum.listen(0, '127.0.0.1'), 'listening');
  afterAll(async () => {
    forum.close();
    await redisServer.stop();
  });
  beforeEach(() => {
    asked.length = 0;
  });

  const addressOf = ({ host, port }: TestMemcached) => `${host}:${port}`;
  async function work(servers: TestMemcached[]) {
    const context = testContext({
      databaseUrl,
      redisUrl: redisServer.url,
      overrides: {
        CACHE_URL: `memcached://${servers.map(addressOf).join(',')}`,
        DISCOURSE_URL: `http://127.0.0.1:${(forum.address() as AddressInfo).port}`,
        LOAD_TRIES: 1,
      },
    });
    const worker = await startWorker(context);
    const cache = openCache(context.settings);
    onTestFinished(async () => {
      await worker.stop();
      await cache.close();
      await Promise.all(servers.map((server) => server.kill()));
    });
    return {
      ...worker,
      read: (keys: string[]) => readValues(cache, keys),
      counted: async (outcome: string) => {
        const metric = await context.metrics.getSingleMetric('hubs_loads_total')?.get();
        const values = metric?.values.filter(({ labels }) => labels.outcome === outcome) ?? [];
        return values.reduce((sum, { value }) => sum + value, 0);
      },
    };
  }

  /** Teams that somebody looks at, each with a value. @returns the values' keys */
  async function show(tags: string[]): Promise<string[]> {
    const keys: string[] = [];
    for (const tag of tags) {
      const hub = await makeTeam(database, tag, person.id, { discourseTag: tag, layoutEdited: true });
      await database.widget.create({
        data: { hubId: hub.id, kind: 'discussion', column: 'right', place: 0 },
      });
      await database.$transaction((tx) => refreshInterests(tx, hub.id));
      keys.push((await database.widget.findFirstOrThrow({ where: { hubId: hub.id } })).valueKey ?? '');
    }
    await noteLooks(pool, keys);
    return keys;
  }
  const ask = (keys: string[]) =>
    askForLoads(
      pool,
      keys.map((key) => ({ key, priority: priorities.watched })),
      1,
    );
  const loads = async () =>
    (
      await pool.query(
        `SELECT id, key, attempts FROM graphile_worker.jobs WHERE task_identifier = 'load' ORDER BY key`,
      )
    ).rows;
  /** The runner looks for jobs, and finds this one. */
  async function runOtherJob() {
    await pool.query(`SELECT graphile_worker.add_job('forget-seen')`);
    await until(
      async () =>
        (await pool.query(`SELECT FROM graphile_worker.jobs WHERE task_identifier = 'forget-seen'`))
          .rowCount === 0,
    );
  }

  test('what could not be kept is asked for again only when memcached is back; what waits is not asked for before, and nothing counts as a try', async () => {
    const server = await startMemcached();
    const { wrong, read, counted } = await work([server]);
    const lateTags = Array.from({ length: 12 }, (_, n) => `late${n}`);
    const [early = '', ...keys] = await show(['early', ...lateTags]);
    held.set('early', null);
    await ask([early]);
    await until(() => held.get('early'));
    await server.kill();
    answer(held.get('early') as ServerResponse);
    held.delete('early');
    await until(async () => (await counted('unkept')) === 1);

    await ask(keys);
    await runOtherJob();
    const waiting = await loads();
    expect(waiting.map(({ attempts }) => attempts)).toEqual([early, ...keys].map(() => 0));
    expect((await wrong()).join()).toContain('memcached does not answer (CACHE_URL');
    // Longer than whoever was put back would wait.
    for (const startMs = Date.now(); Date.now() - startMs < 2_000; ) await runOtherJob();
    expect(await loads()).toEqual(waiting);
    expect(asked).toEqual(['early']);

    await server.start();
    await until(async () => (await read(keys)).every((loaded) => loaded?.value));
    await pool.query(`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key = $1`, [early]);
    await until(async () => (await read([early]))[0]?.value);
    expect(asked.toSorted()).toEqual(['early', 'early', ...lateTags].toSorted());
  });

  test('where one of several is away, nothing waits', async () => {
    const servers = [await startMemcached(), await startMemcached()];
    const { read, counted } = await work(servers);
    const keys = await show(Array.from({ length: 12 }, (_, n) => `shared${n}`));
    await servers[0]?.kill();
    await ask(keys);
    await until(async () => (await read(keys)).every((loaded) => loaded?.value));
    expect(asked).toHaveLength(keys.length);
    expect(await counted('unkept')).toBe(0);
  });
});
