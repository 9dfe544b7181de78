// Promised jobs whose worker is slow, dies, stops, or loses its PostgreSQL: real processes, each with its own of all.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Child, startChild } from '../local/child.ts';
import { startPostgres } from '../local/postgres.ts';
import { openDatabase, openPool } from '../prisma/client.ts';
import { migrate } from '../prisma/migrate.ts';
import { freePort, makeFolder, startTestRedis, testContext, until } from '../testing/stores.ts';
import { refreshInterests } from '../widgets/interests.ts';
import { startJobBeat } from './job-beat.ts';

/** A process starts slowly on a busy machine. */
const START = { deadlineMs: 60_000 };
const BEAT_MS = 200;
const SILENCE_MS = 2_000;

const redisServer = await startTestRedis();
const options = {
  dir: join(makeFolder('jobs'), 'postgres'),
  port: await freePort(),
  settings: ['fsync=off'],
};
let postgres = await startPostgres(options);
await migrate(postgres.url);
const pool = openPool(postgres.url);
const database = openDatabase(pool);

/** The forum does not answer before it is told to. */
const asked: ServerResponse[] = [];
const forum = createServer((_request, response) => void asked.push(response));
const answerAll = () => {
  for (const response of asked.splice(0))
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ users: [], topic_list: { topics: [] } }));
};
const children: Child[] = [];

beforeAll(async () => {
  await new Promise<void>((resolve) => forum.listen(0, '127.0.0.1', resolve));
  await database.$transaction(async (tx) => {
    const hub = await tx.hub.create({
      data: { type: 'team', name: 'art', groupName: 'art', discourseTag: 'art', layoutEdited: true },
    });
    await tx.widget.create({
      data: { hubId: hub.id, kind: 'discussion', column: 'right', place: 0, settings: {} },
    });
    await refreshInterests(tx, hub.id);
  });
});
afterEach(async () => {
  answerAll();
  await Promise.all(children.splice(0).map((child) => child.kill()));
  await pool.query(
    'TRUNCATE graphile_worker._private_jobs, graphile_worker._private_job_queues, worker_beat',
  );
});
afterAll(async () => {
  await pool.end();
  await postgres.stop();
  await redisServer.stop();
  forum.close();
});

const folder = makeFolder('workers');
let started = 0;

async function startWorker(): Promise<Child> {
  const { port } = forum.address() as AddressInfo;
  const env = {
    ...{
      PATH: process.env.PATH,
      NODE_ENV: 'test' as const,
      HEALTH_PORT: '0',
      CACHE_URL: `file:${folder}/cache`,
    },
    ...{ DATABASE_URL: postgres.url, REDIS_URL: redisServer.url, DISCOURSE_URL: `http://127.0.0.1:${port}` },
    ...{ BEAT_MS: String(BEAT_MS), SILENCE_MS: String(SILENCE_MS), LOAD_DEADLINE_MS: '60000' },
  };
  const args = [join(import.meta.dirname, '../cli/main.ts'), 'run', 'worker'];
  const child = await startChild({ file: process.execPath, args, env }, join(folder, `${++started}.log`));
  children.push(child);
  return child;
}

const promiseLoad = () =>
  pool.query(
    `SELECT graphile_worker.add_job('load', json_build_object('key', value_key), job_key := value_key) FROM widget`,
  );
/** The loads; a worker that starts promises jobs of its own. */
const jobs = async () =>
  (
    await pool.query(
      `SELECT attempts, locked_by, last_error FROM graphile_worker.jobs WHERE task_identifier = 'load'`,
    )
  ).rows;
const isDone = async () => (await jobs()).length === 0;
const beats = async () => (await pool.query('SELECT FROM worker_beat')).rowCount;

test('a job that takes longer than the silence runs once, with a living worker beside', async () => {
  await startWorker();
  await startWorker();
  await until(async () => (await beats()) === 2, START);
  await promiseLoad();
  await until(() => asked.length === 1, START);
  const askedAt = Date.now();
  await until(() => Date.now() - askedAt > 2 * SILENCE_MS);
  expect(asked.length).toBe(1);
  answerAll();
  await until(isDone);
  expect(asked.length).toBe(0);
});

test('a job of a killed worker is taken over, and the death is no try', async () => {
  const first = await startWorker();
  await promiseLoad();
  await until(() => asked.length === 1, START);
  await first.kill();
  await startWorker();
  await until(() => asked.length === 2, START);
  expect(await jobs()).toMatchObject([{ attempts: 1, last_error: 'its worker died, 1 in a row' }]);
  answerAll();
  await until(isDone);
});

test('a job that runs at a stop is handed back untried, and the worker ends in time', async () => {
  const stopped = await startWorker();
  await promiseLoad();
  await until(() => asked.length === 1, START);
  const beganAt = Date.now();
  process.kill(stopped.pid, 'SIGTERM');
  await until(async () => (await jobs())[0]?.locked_by === null);
  expect(await jobs()).toEqual([{ attempts: 0, locked_by: null, last_error: null }]);
  expect(await stopped.ended).toBe('ended with 0');
  expect(Date.now() - beganAt).toBeLessThan(10_000);
  expect(await jobs()).toEqual([{ attempts: 0, locked_by: null, last_error: null }]);
});

test('a job that kills its worker four times in a row has failed for good', async () => {
  await promiseLoad();
  const { settings, log } = testContext({ databaseUrl: postgres.url, redisUrl: redisServer.url });
  const looker = startJobBeat(
    { url: postgres.url, log, holders: ['living'] },
    { ...settings, BEAT_MS, SILENCE_MS: 1_000 },
  );
  const seen: string[] = [];
  for (const holder of ['dead-1', 'dead-2', 'dead-3', 'dead-4']) {
    await pool.query(
      `UPDATE graphile_worker._private_jobs SET attempts = attempts + 1, locked_by = $1, locked_at = now()`,
      [holder],
    );
    await until(async () => (await jobs())[0]?.locked_by === null);
    seen.push((await jobs())[0].last_error);
  }
  await looker.stop();
  expect(seen).toEqual([
    ...['its worker died, 1 in a row', 'its worker died, 2 in a row', 'its worker died, 3 in a row'],
    'kills its worker',
  ]);
  const { rowCount } = await pool.query('SELECT FROM graphile_worker.jobs WHERE attempts = max_attempts');
  expect(rowCount).toBe(1);
});

test('jobs whose workers died twice begin one after the other, so that only the one that kills dies again', async () => {
  await pool.query(
    `SELECT graphile_worker.add_job('load', json_build_object('key', n::text)) FROM generate_series(1, 3) n`,
  );
  await pool.query(`UPDATE graphile_worker._private_jobs SET locked_by = 'dead', locked_at = now(),
    last_error = CASE WHEN id > (SELECT min(id) FROM graphile_worker._private_jobs) THEN 'its worker died, 1 in a row' END`);
  const { settings, log } = testContext({ databaseUrl: postgres.url, redisUrl: redisServer.url });
  const looker = startJobBeat(
    { url: postgres.url, log, holders: ['living'] },
    { ...settings, BEAT_MS, SILENCE_MS: 1_000 },
  );
  await until(async () => (await jobs()).every((job) => job.locked_by === null));
  await looker.stop();
  const { rows } = await pool.query<{ wait: number }>(
    `SELECT greatest(round(extract(epoch FROM run_at - updated_at)), 0)::int AS wait FROM graphile_worker.jobs ORDER BY id`,
  );
  expect(rows.map(({ wait }) => wait)).toEqual([0, 1, 2]);
});

test('a worker whose PostgreSQL goes while a job runs lives on, and says that it is done once it can', async () => {
  const worker = await startWorker();
  await promiseLoad();
  await until(() => asked.length === 1, START);
  await postgres.stop();
  answerAll();
  const goneAt = Date.now();
  await until(() => Date.now() - goneAt > 2 * SILENCE_MS);
  postgres = await startPostgres(options);
  await until(isDone);
  expect(worker.runs()).toBe(true);
  await promiseLoad();
  await until(() => asked.length === 1, START);
});

test('a worker may be started before its PostgreSQL', async () => {
  await postgres.stop();
  const worker = await startWorker();
  await until(
    () => worker.output().includes('PostgreSQL is away; the worker starts when it is there'),
    START,
  );
  postgres = await startPostgres(options);
  await promiseLoad();
  await until(() => asked.length === 1, START);
  expect(worker.runs()).toBe(true);
});
