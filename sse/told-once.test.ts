// Changes made in Hubs itself come twice, from PostgreSQL and from the stream: they are told once, to those who may hear
// now, and to those who come back.
import { Logger, runOnce } from 'graphile-worker';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { streams, type TracedNotice, toFields } from '../bus/streams.ts';
import { noticeChannel, tellBrowsers } from '../hubs/changes.ts';
import { startSession } from '../hubs/sessions.ts';
import { makeTellBrowsersTask } from '../jobs/tasks/tell-browsers.ts';
import { openStream, type TestStream } from '../testing/event-stream.ts';
import { openTestDatabase, startTestRedis, testContext, until } from '../testing/stores.ts';
import { startSse } from './server.ts';

const { url: databaseUrl, pool, database } = await openTestDatabase();
const server = await startTestRedis();
const redis = new Redis(server.url);
let sse: Awaited<ReturnType<typeof startSse>>;
const opened: TestStream[] = [];

const start = async () => {
  const running = await startSse(testContext({ databaseUrl, redisUrl: server.url }));
  await until(async () => (await running.wrong()).length === 0);
  return running;
};
beforeAll(async () => {
  sse = await start();
});
afterEach(async () => {
  await pool.query('DELETE FROM graphile_worker._private_jobs');
  for (const stream of opened.splice(0)) stream.destroy();
});
afterAll(async () => {
  await sse.stop();
  redis.disconnect();
  await server.stop();
});

let number = 0;
const makeTeam = (visibility: 'public' | 'private' = 'public') =>
  database.hub.create({
    data: { type: 'team', name: `team${++number}`, groupName: `team${number}`, visibility },
  });

async function listen(hub: number, headers: Record<string, string> = {}) {
  const stream = await openStream(`http://127.0.0.1:${sse.port}/sse?hub=${hub}`, headers);
  opened.push(stream);
  await until(() => stream.text().includes('\n\n'));
  return stream;
}
const idOf = (stream: TestStream) => /^id: (.*)$/m.exec(stream.text())?.[1] ?? '';
const told = (stream: TestStream) =>
  stream.events().flatMap(({ event, data }) => (event === 'notice' ? [(data as { what: string }).what] : []));

const change = (hub: Parameters<typeof tellBrowsers>[1], what: 'role' | 'hub') =>
  database.$transaction((tx) => tellBrowsers(tx, hub, what));
const silent = new Logger(() => () => undefined);
/** Runs what was promised, as a worker does. */
const runJobs = () =>
  runOnce({ pgPool: pool, taskList: { 'tell-browsers': makeTellBrowsersTask(redis) }, logger: silent });
const add = (notice: TracedNotice) => redis.xadd(streams.notices, '*', ...toFields(notice));
/** Everything that lies in the stream was read: what came after it is told. */
async function fence(stream: TestStream, hub: number): Promise<void> {
  await add({ hub, what: 'entry', audience: 'public' });
  await until(() => told(stream).at(-1) === 'entry');
}

test('a change is told at its commit, and not again when its job has run', async () => {
  const hub = await makeTeam();
  const stream = await listen(hub.id);
  await change(hub, 'role');
  await until(() => told(stream).length > 0);
  await runJobs();
  await fence(stream, hub.id);
  expect(told(stream)).toEqual(['role', 'entry']);
});

test('when the job is first, the change is told then, and not again when PostgreSQL tells it', async () => {
  const hub = await makeTeam();
  const stream = await listen(hub.id);
  const notice = { hub: hub.id, what: 'role', audience: 'public', change: 'first' } as const;
  await add(notice);
  await until(() => told(stream).length > 0);
  await pool.query('SELECT pg_notify($1, $2)', [noticeChannel, JSON.stringify(notice)]);
  await change(hub, 'hub');
  await until(() => told(stream).length > 1);
  expect(told(stream)).toEqual(['role', 'hub']);
});

test('a transaction that says the same several times tells it once', async () => {
  const hub = await makeTeam();
  const stream = await listen(hub.id);
  await database.$transaction(async (tx) => {
    for (let n = 0; n < 3; n += 1) await tellBrowsers(tx, hub, 'role');
  });
  await until(() => told(stream).length > 0);
  const before = await redis.xlen(streams.notices);
  await runJobs();
  expect(await redis.xlen(streams.notices)).toBe(before + 1);
  await fence(stream, hub.id);
  expect(told(stream)).toEqual(['role', 'entry']);
});

test('a change that only the stream tells of takes the stream from who may not hear any more, before it is told', async () => {
  const hub = await makeTeam('private');
  const [leaver, stayer] = [await signIn(hub.id), await signIn(hub.id)];
  const [left, stayed] = [await listen(hub.id, leaver.headers), await listen(hub.id, stayer.headers)];
  await database.role.deleteMany({ where: { hubId: hub.id, personId: leaver.person } });
  await add({ hub: hub.id, what: 'role', audience: 'members', change: 'unheard' });
  await until(() => left.isEnded() && told(stayed).length > 0);
  expect(told(left)).toEqual([]);
  expect(stayed.isEnded()).toBe(false);
});

async function signIn(hubId: number) {
  const { id } = await database.person.create({ data: { username: `person${++number}` } });
  await database.role.create({ data: { hubId, personId: id, name: 'member', source: 'hubs' } });
  const token = await startSession(database, { personId: id, issuer: 'x', siteAdmin: false, userAgent: '' });
  return { person: id, headers: { cookie: `hubs=${token}` } };
}

test('who comes back before the job has run is told, and after it, too', async () => {
  const hub = await makeTeam();
  const witness = await listen(hub.id);
  const id = idOf(witness);
  await change(hub, 'hub');
  await until(() => told(witness).length > 0);
  const early = await listen(hub.id, { 'last-event-id': id });
  await until(() => early.text().includes('event: position'));
  await runJobs();
  await fence(early, hub.id);
  expect(told(early)).toEqual(['hub', 'entry']);
  const late = await listen(hub.id, { 'last-event-id': id });
  await until(() => late.text().includes('event: position'));
  expect(told(late)).toEqual(['hub', 'entry']);
});

test('a change while nobody serves streams is told to who comes back', async () => {
  const hub = await makeTeam();
  const id = idOf(await listen(hub.id));
  await sse.stop();
  await change(hub, 'role');
  await runJobs();
  sse = await start();
  const stream = await listen(hub.id, { 'last-event-id': id });
  await until(() => stream.text().includes('event: position'));
  expect(told(stream)).toEqual(['role']);
});

test('no position lies after a change for which the rights are still being asked', async () => {
  const hub = await makeTeam();
  const other = await makeTeam();
  const [stream, witness] = [await listen(hub.id), await listen(other.id)];
  const lock = await pool.connect();
  await lock.query('BEGIN; LOCK TABLE hub IN ACCESS EXCLUSIVE MODE');
  await add({ hub: hub.id, what: 'role', audience: 'public', change: 'held' });
  await add({ hub: other.id, what: 'entry', audience: 'public' });
  await until(() => told(witness).length > 0);
  expect(witness.events().at(-1)?.id).toBe('');
  expect(told(stream)).toEqual([]);
  await lock.query('COMMIT');
  lock.release();
  await until(() => told(stream).length > 0);
  await fence(witness, other.id);
  await until(() => witness.events().length === 2);
  expect(witness.events().at(-1)?.id).toMatch(/\.\d+-\d+$/);
});

test('so many changes without a place in the stream that they are not remembered are a gap for who comes back', async () => {
  const hub = await makeTeam();
  const place = await listen(hub.id);
  const id = idOf(place);
  place.destroy();
  const other = await makeTeam();
  const witness = await listen(other.id);
  await pool.query(
    `SELECT pg_notify($1, json_build_object('hub', $2::int, 'what', 'entry', 'audience', 'public', 'change', 'x' || n)::text)
     FROM generate_series(1, 1001) AS n`,
    [noticeChannel, hub.id],
  );
  await change(other, 'hub');
  await until(() => told(witness).length > 0);
  const back = await listen(hub.id, { 'last-event-id': id });
  await until(() => back.events().length > 0);
  expect(back.events().map(({ event }) => event)).toEqual(['gap']);
});
