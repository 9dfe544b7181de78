// `hubs queue` and `hubs dead`, as somebody at a terminal has them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { streams, toFields } from '../bus/streams.ts';
import { beatKey } from '../jobs/beat.ts';
import { buryItem } from '../jobs/dead-items.ts';
import { createDatabase, startTestRedis } from '../testing/stores.ts';

const databaseUrl = await createDatabase();
const server = await startTestRedis();
const redis = new Redis(server.url);
redis.on('error', () => undefined);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
beforeEach(async () => {
  await redis.flushall();
  await pool.query('TRUNCATE graphile_worker._private_jobs');
});
afterAll(async () => {
  await pool.end();
  redis.disconnect();
  await server.stop();
});

async function hubs(...args: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: 'test', REDIS_URL: server.url, DATABASE_URL: databaseUrl },
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk) => {
      output[name] += chunk;
    });
  const [status] = await once(child, 'close');
  return { status, ...output };
}
const said = async (...args: string[]) => {
  const { status, stdout, stderr } = await hubs(...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
};
const bury = async (body: unknown, reason: string) => {
  const item = (await redis.xadd(streams.bus, '*', ...toFields(body))) as string;
  await buryItem(redis, { stream: streams.bus, group: 'triage', item, reason, fields: toFields(body) });
};
/** A job whose tries are used up. */
const failJob = async (payload: object) => {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT (graphile_worker.add_job('publish-event', $1::json)).id`,
    [payload],
  );
  await pool.query(`SELECT graphile_worker.permanently_fail_jobs(ARRAY[$1::bigint], 'the broker said no')`, [
    rows[0]?.id,
  ]);
  return `job-${rows[0]?.id}`;
};

test('without anything to say, each says so in a sentence', async () => {
  expect(await said('queue', 'status')).toBe(
    [
      'hubs:bus: nothing waits; no triage runs.',
      'hubs:work: nothing waits; no worker runs.',
      'Promised jobs: 0 waiting, 0 for later, 0 running; none failed for good.',
      'hubs:notices: 0 kept for browsers that come back.',
      'hubs:dead: nothing was put aside.\n',
    ].join('\n'),
  );
  expect(await said('dead', 'list')).toBe('Nothing was put aside.\n');
  expect(await said('dead', 'list', '--json')).toBe('[]\n');
  expect(await said('dead', 'retry', '--all')).toBe('Nothing was put aside.\n');
});

test('queue status counts what waits, what is in hand and by whom, and the promised jobs', async () => {
  for (const body of [1, 2, 3]) await redis.xadd(streams.bus, '*', ...toFields(body));
  await redis.xgroup('CREATE', streams.bus, 'triage', '0');
  await redis.xreadgroup('GROUP', 'triage', 'living', 'COUNT', 1, 'STREAMS', streams.bus, '>');
  await redis.xreadgroup('GROUP', 'triage', 'silent', 'COUNT', 1, 'STREAMS', streams.bus, '>');
  await redis.set(beatKey('triage', 'living'), '1');
  await bury('x', 'is not a valid item');
  await failJob({});
  await pool.query(`SELECT graphile_worker.add_job('load', run_at := now() - interval '5 minutes'),
    graphile_worker.add_job('load', run_at := now() + interval '1 hour')`);
  const { stdout } = await hubs('queue', 'status', '--json');
  expect(JSON.parse(stdout)).toEqual({
    streams: [
      {
        ...{ stream: 'hubs:bus', group: 'triage', length: 3, waiting: 1, inHand: 2 },
        oldestMs: expect.any(Number),
        consumers: [
          { name: 'living', inHand: 1, beats: true },
          { name: 'silent', inHand: 1, beats: false },
        ],
      },
      {
        stream: 'hubs:work',
        group: 'worker',
        length: 0,
        waiting: 0,
        inHand: 0,
        oldestMs: null,
        consumers: [],
      },
    ],
    jobs: { waiting: 1, later: 1, running: 0, failed: 1, oldestMs: expect.any(Number) },
    ...{ notices: 0, dead: 1 },
  });
  const text = await said('queue', 'status');
  expect(text).toMatch(
    /^hubs:bus: 1 waiting, 2 in hand, the oldest for \d+ s; 1 triage runs, 1 fell silent\.$/m,
  );
  expect(text).toContain(
    'Promised jobs: 1 waiting, the oldest for 5 min, 1 for later, 0 running; 1 failed for good;',
  );
});

test('dead items and jobs are listed, shown, done again or forgotten by their ids', async () => {
  await bury({ id: 'first' }, 'is not a valid item');
  await bury({ id: 'second' }, 'kills its worker');
  const job = await failJob({ topic: 'hub.created' });
  const [headings, ...lines] = (await said('dead', 'list')).trimEnd().split('\n');
  expect(headings).toMatch(/^ID +PUT ASIDE +FROM +REASON$/);
  const [first = '', second = ''] = lines.map((line) => line.split(' ')[0] ?? '');
  expect(lines.map((line) => line.split(/ {2,}/).slice(-2))).toEqual([
    ['hubs:bus', 'is not a valid item'],
    ['hubs:bus', 'kills its worker'],
    ['job publish-event', 'the broker said no'],
  ]);
  expect(JSON.parse(await said('dead', 'show', first, '--json'))).toEqual({
    ...{ id: first, at: expect.any(String), from: 'hubs:bus', reason: 'is not a valid item' },
    content: { id: 'first' },
  });
  expect(await said('dead', 'show', job)).toContain('"topic": "hub.created"');

  expect(await said('dead', 'retry', first, first, job)).toBe('2 will be done again.\n');
  expect((await redis.xrange(streams.bus, '-', '+')).map(([, fields]) => fields)).toEqual([
    toFields({ id: 'first' }),
  ]);
  const { rows } = await pool.query('SELECT attempts, max_attempts FROM graphile_worker.jobs');
  expect(rows).toEqual([{ attempts: 0, max_attempts: 25 }]);
  expect(await said('dead', 'drop', second, '--json')).toBe('{"dropped":1}\n');
  expect(await redis.xlen(streams.dead)).toBe(0);
});

test('all at once: more than a page, and jobs', async () => {
  const adding = redis.pipeline();
  for (let n = 0; n < 1_200; n += 1)
    adding.xadd(
      streams.dead,
      '*',
      ...['stream', streams.work, 'group', 'worker', 'id', '1-1', 'reason', 'r', ...toFields(n)],
    );
  await adding.exec();
  await failJob({});
  const { status, stdout, stderr } = await hubs('dead', 'retry', '--all', '--json');
  expect([status, stdout]).toEqual([0, '{"retried":1201}\n']);
  expect(stderr).toMatch(/^(\d+ of 1201\n)*$/); // how far it has come, where it takes long
  expect([await redis.xlen(streams.dead), await redis.xlen(streams.work)]).toEqual([0, 1_200]);
  await failJob({});
  expect(await said('dead', 'drop', '--all')).toBe('1 forgotten.\n');
});

test('an id that is not there is named, and nothing is done', async () => {
  await bury('x', 'reason');
  const [[id] = ['']] = await redis.xrange(streams.dead, '-', '+');
  expect(await hubs('dead', 'drop', id, '1-1', 'job-7', 'nonsense')).toEqual({
    ...{ status: 1, stdout: '' },
    stderr: 'Nothing was put aside as 1-1, job-7, nonsense; `hubs dead list` has the IDs.\n',
  });
  expect(await redis.xlen(streams.dead)).toBe(1);
  for (const args of [[], [id, '--all']])
    expect(await hubs('dead', 'drop', ...args)).toMatchObject({
      status: 1,
      stderr: 'Name what is meant: either IDs, as `hubs dead list` has them, or --all.\n',
    });
  expect((await hubs('dead', 'show')).status).toBe(2);
});

test('without Redis it is said that Redis does not answer', async () => {
  await server.stop();
  const { status, stderr } = await hubs('queue', 'status');
  await server.start();
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Redis does not answer \(.*\); start it, or correct REDIS_URL\.\n$/);
});
