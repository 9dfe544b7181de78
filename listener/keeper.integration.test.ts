import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { messageSchema } from '../bus/message.ts';
import { epochKey, fromFields, streams, toFields } from '../bus/streams.ts';
import { readLedger, sumRows, unaccounted } from '../ledger/read-ledger.ts';
import { openPool, type Pool } from '../prisma/client.ts';
import { makeRow, startArchive, type TestArchive } from '../testing/archive.ts';
import { makeEnvelope, openPublisher, type TestPublisher } from '../testing/publisher.ts';
import { createDatabase, startTestRedis, type TestRedis, testContext, until } from '../testing/stores.ts';
import { startListener } from './listener.ts';

/** As in life, but quick. */
const pace = { tickMs: 20, joinMs: 20, pollMs: 200, lateMs: 100, overlapMs: 1_000, retryMs: 300 };
const DAY_MS = 86_400_000;

let server: TestRedis;
let redis: Redis;
let pool: Pool;
let databaseUrl: string;
let archive: TestArchive;
let closers: (() => unknown)[];

beforeEach(async () => {
  [server, databaseUrl, archive] = await Promise.all([startTestRedis(), createDatabase(), startArchive()]);
  redis = new Redis(server.url, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  pool = openPool(databaseUrl);
  closers = [() => archive.close(), () => server.stop(), () => redis.disconnect(), () => pool.end()];
});

afterEach(async () => {
  for (const close of closers.reverse()) await close();
});

async function publisher(port?: number): Promise<TestPublisher> {
  const bus = await openPublisher(port);
  closers.push(() => bus.close());
  return bus;
}

async function listen(
  bus: TestPublisher,
  {
    hasArchive = true,
    junk = [] as string[],
    databaseAt = databaseUrl,
    lateMs = pace.lateMs,
    room = 10_000,
  } = {},
) {
  const context = testContext({
    databaseUrl: databaseAt,
    redisUrl: server.url,
    overrides: {
      BUS_ENDPOINTS: [bus.endpoint],
      BUS_JUNK: junk,
      BUS_HIGH_WATER_MARK: room,
      ...(hasArchive ? { ARCHIVE_URL: archive.url } : {}),
    },
  });
  const listener = await startListener(context, { ...pace, lateMs });
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= listener.stop();
    return stopping;
  };
  closers.push(stop);
  await bus.hasSubscribers(1);
  return { ...listener, stop, context };
}

const queued = async (): Promise<string[]> =>
  (await redis.xrange(streams.bus, '-', '+')).map(([, fields]) => fromFields(messageSchema, fields).id);
/** What triage and worker do with all that waits. */
const acknowledgeAll = () =>
  Promise.all([streams.bus, streams.work].map((stream) => redis.xtrim(stream, 'MAXLEN', 0)));
const ledger = () => readLedger(pool, { sinceMs: Date.now() - 5 * DAY_MS });
const idOf = (envelope: { msg_id: string }) => envelope.msg_id.slice(5);
const watermark = async () => (await ledger()).watermarkMs ?? 0;
const watermarkPasses = (ms: number) => until(async () => (await watermark()) > ms);
const counts = async () => sumRows((await ledger()).rows, () => '').get('') ?? {};

test('the watermark moves on with the clock on a quiet bus, and waits for what triage or worker still hold', async () => {
  const bus = await publisher();
  await listen(bus);
  await watermarkPasses(Date.now());
  const held = makeEnvelope();
  await bus.publish(held);
  const publishedMs = Date.now();
  await until(async () => (await queued()).includes(idOf(held)));
  // Another look of the keeper, and another: the watermark stays before the message.
  const heard = async () => (await ledger()).heardMs ?? 0;
  await until(async () => (await heard()) > publishedMs + 300);
  expect(await watermark()).toBeLessThanOrEqual(publishedMs + 20);
  // Triage hands it on in one step; the worker holds it now.
  await redis
    .multi()
    .xadd(streams.work, '*', ...toFields({}))
    .xtrim(streams.bus, 'MAXLEN', 0)
    .exec();
  const atWorkMs = Date.now();
  await until(async () => (await heard()) > atWorkMs + 300);
  expect(await watermark()).toBeLessThanOrEqual(publishedMs + 20);
  await acknowledgeAll();
  await watermarkPasses(atWorkMs);
});

test('what was published while no listener ran is read from the archive at the next start, once', async () => {
  const bus = await publisher();
  const first = await listen(bus);
  const before = makeEnvelope();
  await bus.publish(before);
  await until(async () => (await queued()).length === 1);
  await acknowledgeAll();
  await watermarkPasses(Date.now());
  await first.stop();
  archive.rows.push(makeRow(idOf(before), Date.now() - 300), makeRow('missed', Date.now()));
  await listen(bus);
  await until(async () => (await queued()).length > 0);
  expect(await queued()).toEqual(['missed']);
  const restartedMs = Date.now();
  await acknowledgeAll();
  await watermarkPasses(restartedMs);
  expect((await ledger()).gaps).toMatchObject([{ reason: 'away', state: 'filled', found: 1, problem: null }]);
});

test('a listener that is killed leaves the lock and the position to the next one', async () => {
  const bus = await publisher();
  const run = () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
      env: {
        ...{ PATH: process.env.PATH, NODE_ENV: 'test', HEALTH_PORT: '0', BEAT_MS: '50' },
        ...{ DATABASE_URL: databaseUrl, REDIS_URL: server.url },
        ...{ BUS_ENDPOINTS: bus.endpoint, ARCHIVE_URL: archive.url },
      },
      stdio: 'ignore',
    });
    closers.push(() => child.kill('SIGKILL'));
    return child;
  };
  const killed = run();
  await bus.hasSubscribers(1);
  await watermarkPasses(0);
  const held = makeEnvelope();
  await bus.publish(held);
  await until(async () => (await queued()).includes(idOf(held)));
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  archive.rows.push(makeRow(idOf(held), Date.now()), makeRow('missed', Date.now()));
  run();
  await until(async () => (await queued()).length === 2, { deadlineMs: 30_000 });
  expect(await queued()).toEqual([idOf(held), 'missed']);
});

test('what a publisher sent while its connection was broken is read from the archive', async () => {
  const before = await publisher();
  await listen(before);
  await watermarkPasses(Date.now());
  before.close();
  archive.rows.push(makeRow('meanwhile', Date.now() + 50));
  await pause(100); // the time in which nobody hears it
  const after = await publisher(Number(new URL(before.endpoint).port));
  await after.hasSubscribers(1);
  const live = makeEnvelope();
  await after.publish(live);
  await until(async () => (await queued()).length === 2);
  expect((await queued()).sort()).toEqual(['meanwhile', idOf(live)].sort());
  await acknowledgeAll();
  await watermarkPasses(Date.now());
});

test('while a source stays away, what others hear comes from the archive', async () => {
  const bus = await publisher();
  await listen(bus);
  await watermarkPasses(Date.now());
  bus.close();
  await until(async () => (await ledger()).gaps.length > 0);
  for (const id of ['one', 'two']) {
    archive.rows.push(makeRow(id, Date.now()));
    await until(async () => (await queued()).includes(id));
  }
  const lastMs = Date.now();
  await acknowledgeAll();
  await watermarkPasses(lastMs);
  expect((await ledger()).gaps).toHaveLength(1);
});

test('what reaches the archive late is found, too', async () => {
  const bus = await publisher();
  const first = await listen(bus);
  await watermarkPasses(Date.now());
  await first.stop();
  const absentMs = Date.now();
  archive.requests.length = 0;
  await listen(bus, { lateMs: 1_500 });
  await until(() => archive.requests.length > 0);
  archive.rows.push(makeRow('late', absentMs));
  await until(async () => (await queued()).length === 1);
});

test('live messages go first: of what is old, only as much as leaves them room', async () => {
  const bus = await publisher();
  const first = await listen(bus);
  await watermarkPasses(Date.now());
  await first.stop();
  const absentMs = Date.now();
  for (let at = 0; at < 1_500; at += 1) archive.rows.push(makeRow(`old-${at}`, absentMs));
  await listen(bus);
  await until(async () => (await redis.xlen(streams.bus)) >= 1_000);
  const live = makeEnvelope();
  await bus.publish(live);
  await until(async () => (await queued()).includes(idOf(live)));
  expect((await queued()).indexOf(idOf(live))).toBeLessThanOrEqual(1_100);
  await acknowledgeAll();
  await until(async () => (await queued()).includes('old-1499'));
});

test('an emptied Redis is noticed, and what nobody had acknowledged is read again; counts stay true', async () => {
  const bus = await publisher();
  await listen(bus);
  await watermarkPasses(Date.now());
  const done = makeEnvelope();
  await bus.publish(done);
  await until(async () => (await queued()).length === 1);
  await acknowledgeAll();
  await watermarkPasses(Date.now());
  const held = makeEnvelope();
  await bus.publish(held);
  await until(async () => (await queued()).length === 1);
  await until(async () => (await counts()).queued === 2);
  const epoch = await redis.get(epochKey);
  for (const envelope of [done, held]) archive.rows.push(makeRow(idOf(envelope), Date.now()));
  await redis.flushall();
  await until(async () => (await queued()).includes(idOf(held)));
  expect(await redis.get(epochKey)).not.toBe(epoch);
  await acknowledgeAll();
  await watermarkPasses(Date.now());
  const counted = await counts();
  expect(counted).toMatchObject({ queued: 2, again: 2 });
  expect(unaccounted(counted)).toBe(0);
  expect((await ledger()).gaps).toMatchObject([{ reason: 'emptied', state: 'filled' }]);
});

test('a Redis that fell and stands again empty loses nothing either', async () => {
  const bus = await publisher();
  await listen(bus);
  await watermarkPasses(Date.now());
  const held = makeEnvelope();
  await bus.publish(held);
  await until(async () => (await queued()).length === 1);
  archive.rows.push(makeRow(idOf(held), Date.now()));
  await server.kill();
  await server.start();
  await until(async () => (await queued()).length === 1);
  expect(await queued()).toEqual([idOf(held)]);
});

test('what may have been dropped while messages found no room here is read from the archive later', async () => {
  const bus = await publisher();
  await listen(bus, { room: 3 });
  await watermarkPasses(Date.now());
  archive.rows.push(makeRow('dropped', Date.now()));
  await redis.call('CLIENT', 'PAUSE', '300', 'WRITE');
  const sent = Array.from({ length: 20 }, () => makeEnvelope());
  for (const envelope of sent) await bus.publish(envelope);
  await until(async () => (await queued()).length === 21);
  expect((await queued()).sort()).toEqual([...sent.map(idOf), 'dropped'].sort());
  await acknowledgeAll();
  await watermarkPasses(Date.now());
  expect((await ledger()).gaps).toMatchObject([{ reason: 'away', state: 'filled', found: 1 }]);
});

test('a gap that no archive covers is recorded, and the watermark goes on', async () => {
  const bus = await publisher();
  const first = await listen(bus, { hasArchive: false });
  await watermarkPasses(Date.now());
  await first.stop();
  const stoppedMs = Date.now();
  await pause(50); // the time in which nobody hears it
  await listen(bus, { hasArchive: false });
  await watermarkPasses(Date.now());
  const [gap, ...others] = (await ledger()).gaps;
  expect([gap, others]).toMatchObject([{ reason: 'away', state: 'lost' }, []]);
  expect(gap?.fromMs).toBeLessThanOrEqual(stoppedMs);
  expect(gap?.toMs).toBeGreaterThan(stoppedMs + 50);
});

test('nothing older than 3 days is read; what lies before is recorded as lost', async () => {
  await redis.set(epochKey, 'the same');
  await pool.query(`UPDATE bus_position SET epoch = 'the same', since = now() - interval '5 days',
    heard_at = now() - interval '5 days', watermark = now() - interval '5 days'`);
  const now = Date.now();
  archive.rows.push(makeRow('too old', now - 4 * DAY_MS), makeRow('old', now - 2.9 * DAY_MS));
  await listen(await publisher());
  await until(async () => (await queued()).length > 0, { deadlineMs: 20_000 });
  expect(await queued()).toEqual(['old']);
  const { gaps } = await ledger();
  expect(gaps.map(({ reason, state }) => [reason, state])).toEqual([
    ['away', 'open'],
    ['old', 'lost'],
  ]);
});

test('an archive that does not answer is asked again: the gap stays open and says why, readiness too', async () => {
  const bus = await publisher();
  const first = await listen(bus);
  await watermarkPasses(Date.now());
  await first.stop();
  const absentMs = Date.now();
  archive.rows.push(makeRow('missed', absentMs));
  archive.faults.push(400);
  const { wrong } = await listen(bus);
  const gap = await until(async () => (await ledger()).gaps.find(({ problem }) => problem));
  expect(gap?.problem).toContain('did not accept the request (400)');
  expect((await wrong()).join()).toContain('The archive (ARCHIVE_URL) does not tell what was missed');
  expect(await watermark()).toBeLessThanOrEqual(absentMs);
  await until(async () => (await queued()).includes('missed'), { deadlineMs: 15_000 });
  await until(async () => (await wrong()).length === 0);
});

test('of two listeners one keeps the position; the other goes on when it ends', async () => {
  const bus = await publisher();
  const first = await listen(bus);
  await watermarkPasses(Date.now());
  await listen(bus);
  await bus.hasSubscribers(2);
  await watermarkPasses(Date.now());
  await first.stop();
  await watermarkPasses(Date.now());
  // It had heard all that time: nothing was missed.
  expect((await ledger()).gaps).toEqual([]);
  expect(archive.requests).toHaveLength(0);
});

test('each message has one outcome, counted by the hour it was sent in and by its service', async () => {
  const bus = await publisher();
  await listen(bus, { junk: ['buildsys.tag'] });
  const hour = 3_600;
  const sent = makeEnvelope();
  const earlier = { ...makeEnvelope(), timestamp: sent.timestamp - hour };
  const junk = makeEnvelope('org.fedoraproject.prod.buildsys.tag');
  const strange = { ...makeEnvelope('org.fedoraproject.prod.nobody.knows'), timestamp: 9e12 };
  for (const envelope of [sent, earlier, sent, junk, junk, strange]) await bus.publish(envelope);
  await bus.publishFrames(['org.fedoraproject.prod.git.receive', '{']);
  const nowHour = Math.floor(sent.timestamp / hour) * hour * 1_000;
  const byPlace = async () =>
    Object.fromEntries(
      (await ledger()).rows.map((row) => [
        `${(row.hourMs - nowHour) / 3_600_000} ${row.service}`,
        row.counts,
      ]),
    );
  await until(async () => (await counts()).received === 7);
  await until(async () => unaccounted(await counts()) === 0);
  expect(await byPlace()).toEqual({
    '0 bodhi': { received: 2, queued: 1, duplicate: 1 },
    '-1 bodhi': { received: 1, queued: 1 },
    '0 buildsys': { received: 2, junk: 1, duplicate: 1 },
    '0 other': { received: 1, queued: 1 },
    '0 git': { received: 1, dropped: 1 },
  });
  expect(await queued()).toEqual([sent, earlier, strange].map(idOf));
});

test('without PostgreSQL messages are taken all the same, and readiness says what waits', async () => {
  const bus = await publisher();
  const { wrong } = await listen(bus, { databaseAt: 'postgresql://127.0.0.1:1/none' });
  const envelope = makeEnvelope();
  await bus.publish(envelope);
  await until(async () => (await queued()).includes(idOf(envelope)));
  await until(async () => (await wrong()).join().includes('The position on the bus is not kept'));
});
