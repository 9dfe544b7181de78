// The whole way, with triage and worker: what was lost before the listener or with Redis is in the feed in the end, once.
import { Redis } from 'ioredis';
import { afterAll, expect, test } from 'vitest';
import { makeCheckLedgerTask } from '../jobs/tasks/check-ledger.ts';
import { startTriage } from '../jobs/triage.ts';
import { startWorker } from '../jobs/worker.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { openDatabase, openPool } from '../prisma/client.ts';
import { type ArchiveRow, startArchive } from '../testing/archive.ts';
import { idOf } from '../testing/listener-stage.ts';
import { makeEnvelope, openPublisher } from '../testing/publisher.ts';
import { createDatabase, startTestRedis, testContext, until } from '../testing/stores.ts';
import { refreshInterests } from '../widgets/interests.ts';
import { startListener } from './listener.ts';

const HOUR_MS = 3_600_000;
const TOPIC = 'org.fedoraproject.prod.git.receive';
const databaseUrl = await createDatabase();
const [server, archive, bus] = await Promise.all([startTestRedis(), startArchive(), openPublisher()]);
const redis = new Redis(server.url);
const pool = openPool(databaseUrl);
const context = testContext({
  databaseUrl,
  redisUrl: server.url,
  overrides: { ARCHIVE_URL: archive.url, BUS_ENDPOINTS: [bus.endpoint] },
});
const hub = await openDatabase(pool).$transaction(async (tx) => {
  const made = await tx.hub.create({
    data: { type: 'team', name: 'terminal', groupName: 'terminal', packages: ['guake'] },
  });
  await refreshInterests(tx, made.id);
  return made;
});
const pace = { tickMs: 20, joinMs: 20, pollMs: 200, lateMs: 50, overlapMs: 1_000, retryMs: 50 };
const parts = [await startTriage(context), await startWorker(context), await startListener(context, pace)];
await bus.hasSubscribers(1);

afterAll(async () => {
  await Promise.all(parts.map((part) => part.stop()));
  await pool.end();
  redis.disconnect();
  bus.close();
  await Promise.all([server.stop(), archive.close()]);
});

/** A push to the package that the hub has. */
const push = (sentMs = Date.now()) => ({
  ...makeEnvelope(TOPIC, {
    commit: {
      ...{ username: 'mira', agent: 'mira', repo: 'guake', namespace: 'rpms', branch: 'main', rev: 'abc' },
      summary: 'Mend it',
    },
  }),
  timestamp: sentMs / 1_000,
});
type Push = ReturnType<typeof push>;
const archived = (envelope: Push): ArchiveRow => ({
  topic: TOPIC,
  id: idOf(envelope),
  headers: { 'sent-at': new Date(envelope.timestamp * 1_000).toISOString() },
  body: envelope.msg,
});
const entries = async (): Promise<string[]> => {
  const { rows } = await pool.query('SELECT message_id FROM feed_entry WHERE hub_id = $1', [hub.id]);
  return rows.map((row) => row.message_id);
};
const watermarkPasses = (ms: number) =>
  until(async () => ((await readLedger(pool, { sinceMs: 0 })).watermarkMs ?? 0) > ms);
const counted = async () => {
  const { rows } = await pool.query('SELECT sum(n)::int AS n FROM hub_day WHERE hub_id = $1', [hub.id]);
  return rows[0].n;
};

test('Redis is emptied again and again while messages come: none is lost, none is there twice', async () => {
  await watermarkPasses(0);
  const sent: Push[] = [];
  for (let round = 0; round < 4; round += 1) {
    for (let at = 0; at < 10; at += 1) {
      const envelope = push();
      sent.push(envelope);
      archive.rows.push(archived(envelope));
      await bus.publish(envelope);
    }
    await redis.flushall();
  }
  await until(async () => (await entries()).length === sent.length, { deadlineMs: 30_000 });
  await watermarkPasses(Date.now());
  expect((await entries()).sort()).toEqual(sent.map(idOf).sort());
  expect(await counted()).toBe(sent.length);
});

test('messages that are dropped before the listener are found by the check, which says so, and are read from the archive', async () => {
  const hourMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 2 * HOUR_MS;
  await pool.query('UPDATE bus_position SET since = $1', [new Date(hourMs)]);
  const all = Array.from({ length: 7 }, (_, at) => push(hourMs + at * 1_000));
  archive.rows.push(...all.map(archived));
  // Somewhere on the way to the listener, two are dropped.
  for (const envelope of all.slice(2)) await bus.publish(envelope);
  const ofHour = async () => {
    const { rows, checks, gaps } = await readLedger(pool, { sinceMs: hourMs });
    return {
      counts: rows.find((row) => row.hourMs === hourMs)?.counts,
      check: checks.find((one) => one.hourMs === hourMs),
      gap: gaps.find(({ reason }) => reason === 'check'),
    };
  };
  await until(async () => (await ofHour()).counts?.queued === 5);

  const said: unknown[][] = [];
  const log = Object.assign(context.log.child({}), { warn: (...words: unknown[]) => said.push(words) });
  const check = makeCheckLedgerTask({ settings: context.settings, log }, pool);
  await check({}, {} as never);
  expect(said).toEqual([
    [
      { hour: new Date(hourMs), archive: 7, heard: 5 },
      '2 messages of this hour are in the archive and not here',
    ],
  ]);
  expect((await ofHour()).check).toMatchObject({ archive: 7, heard: 5, lost: 2 });
  const metrics = await context.metrics.metrics();
  expect(metrics).toContain('hubs_bus_missing_messages 2');
  expect(metrics).toContain('hubs_bus_unheard_messages 2');

  const lost = all.slice(0, 2).map(idOf);
  await until(async () => (await entries()).filter((id) => lost.includes(id)).length === 2);
  await until(async () => (await ofHour()).gap?.state === 'filled');
  expect((await ofHour()).gap).toMatchObject({ found: 2 });
  await until(async () => (await ofHour()).counts?.queued === 7);
  await check({}, {} as never);
  expect((await ofHour()).check).toMatchObject({ archive: 7, heard: 7, lost: 2 });
  expect(await context.metrics.metrics()).toContain('hubs_bus_missing_messages 0');
});
