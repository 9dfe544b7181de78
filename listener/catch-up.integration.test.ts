// What was not heard is read from the archive: after a stop, a broken connection, want of room; or recorded as lost.
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { epochKey, streams } from '../bus/streams.ts';
import type { Settings } from '../settings/settings.ts';
import { makeRow } from '../testing/archive.ts';
import { idOf, type ListenerStage, openListenerStage, quickPace } from '../testing/listener-stage.ts';
import { makeEnvelope, type TestPublisher } from '../testing/publisher.ts';
import { until } from '../testing/stores.ts';

const DAY_MS = 86_400_000;

let stage: ListenerStage;
beforeEach(async () => {
  stage = await openListenerStage();
});
afterEach(() => stage.close());

async function listen(bus: TestPublisher, overrides: Partial<Settings> = {}, pace = quickPace) {
  const listener = await stage.listen({ BUS_ENDPOINTS: [bus.endpoint], ...overrides }, pace);
  await bus.hasSubscribers(1);
  return listener;
}

test('what was published while no listener ran is read from the archive at the next start, once', async () => {
  const bus = await stage.publisher();
  const first = await listen(bus);
  const before = makeEnvelope();
  await bus.publish(before);
  await until(async () => (await stage.queued()).length === 1);
  await stage.acknowledge();
  await stage.watermarkPasses(Date.now());
  await first.stop();
  stage.archive.rows.push(makeRow(idOf(before), Date.now() - 300), makeRow('missed', Date.now()));
  await listen(bus);
  await until(async () => (await stage.queued()).length > 0);
  expect(await stage.queued()).toEqual(['missed']);
  const restartedMs = Date.now();
  await stage.acknowledge();
  await stage.watermarkPasses(restartedMs);
  expect((await stage.ledger()).gaps).toMatchObject([
    { reason: 'away', state: 'filled', found: 1, problem: null },
  ]);
});

test('what a publisher sent while its connection was broken is read from the archive', async () => {
  const before = await stage.publisher();
  await listen(before);
  await stage.watermarkPasses(Date.now());
  before.close();
  stage.archive.rows.push(makeRow('meanwhile', Date.now() + 50));
  await pause(100); // the time in which nobody hears it
  const after = await stage.publisher(Number(new URL(before.endpoint).port));
  await after.hasSubscribers(1);
  const live = makeEnvelope();
  await after.publish(live);
  await until(async () => (await stage.queued()).length === 2);
  expect((await stage.queued()).sort()).toEqual(['meanwhile', idOf(live)].sort());
  await stage.acknowledge();
  await stage.watermarkPasses(Date.now());
});

test('while a source stays away, what others hear comes from the archive', async () => {
  const bus = await stage.publisher();
  await listen(bus);
  await stage.watermarkPasses(Date.now());
  bus.close();
  await until(async () => (await stage.ledger()).gaps.length > 0);
  for (const id of ['one', 'two']) {
    stage.archive.rows.push(makeRow(id, Date.now()));
    await until(async () => (await stage.queued()).includes(id));
  }
  const lastMs = Date.now();
  await stage.acknowledge();
  await stage.watermarkPasses(lastMs);
  expect((await stage.ledger()).gaps).toHaveLength(1);
});

test('what reaches the archive late is found, too', async () => {
  const bus = await stage.publisher();
  const first = await listen(bus);
  await stage.watermarkPasses(Date.now());
  await first.stop();
  const absentMs = Date.now();
  stage.archive.requests.length = 0;
  await listen(bus, {}, { ...quickPace, lateMs: 1_500 });
  await until(() => stage.archive.requests.length > 0);
  stage.archive.rows.push(makeRow('late', absentMs));
  await until(async () => (await stage.queued()).length === 1);
});

test('live messages go first: of what is old, only as much as leaves them room', async () => {
  const bus = await stage.publisher();
  const first = await listen(bus);
  await stage.watermarkPasses(Date.now());
  await first.stop();
  const absentMs = Date.now();
  for (let at = 0; at < 1_500; at += 1) stage.archive.rows.push(makeRow(`old-${at}`, absentMs));
  await listen(bus);
  await until(async () => (await stage.redis.xlen(streams.bus)) >= 1_000);
  const live = makeEnvelope();
  await bus.publish(live);
  await until(async () => (await stage.queued()).includes(idOf(live)));
  expect((await stage.queued()).indexOf(idOf(live))).toBeLessThanOrEqual(1_100);
  await stage.acknowledge();
  await until(async () => (await stage.queued()).includes('old-1499'));
});

test('what may have been dropped while messages found no room here is read from the archive later', async () => {
  const bus = await stage.publisher();
  await listen(bus, { BUS_HIGH_WATER_MARK: 3 });
  await stage.watermarkPasses(Date.now());
  stage.archive.rows.push(makeRow('dropped', Date.now()));
  await stage.redis.call('CLIENT', 'PAUSE', '300', 'WRITE');
  const sent = Array.from({ length: 20 }, () => makeEnvelope());
  for (const envelope of sent) await bus.publish(envelope);
  await until(async () => (await stage.queued()).length === 21);
  expect((await stage.queued()).sort()).toEqual([...sent.map(idOf), 'dropped'].sort());
  await stage.acknowledge();
  await stage.watermarkPasses(Date.now());
  expect((await stage.ledger()).gaps).toMatchObject([{ reason: 'away', state: 'filled', found: 1 }]);
});

test('a gap that no archive covers is recorded, and the watermark goes on', async () => {
  const bus = await stage.publisher();
  const first = await listen(bus, { ARCHIVE_URL: undefined });
  await stage.watermarkPasses(Date.now());
  await first.stop();
  const stoppedMs = Date.now();
  await pause(50); // the time in which nobody hears it
  await listen(bus, { ARCHIVE_URL: undefined });
  await stage.watermarkPasses(Date.now());
  const [gap, ...others] = (await stage.ledger()).gaps;
  expect([gap, others]).toMatchObject([{ reason: 'away', state: 'lost' }, []]);
  expect(gap?.fromMs).toBeLessThanOrEqual(stoppedMs);
  expect(gap?.toMs).toBeGreaterThan(stoppedMs + 50);
});

test('nothing older than 3 days is read; what lies before is recorded as lost', async () => {
  await stage.redis.set(epochKey, 'the same');
  await stage.pool.query(`UPDATE bus_position SET epoch = 'the same', since = now() - interval '5 days',
    heard_at = now() - interval '5 days', watermark = now() - interval '5 days'`);
  const now = Date.now();
  stage.archive.rows.push(makeRow('too old', now - 4 * DAY_MS), makeRow('old', now - 2.9 * DAY_MS));
  await listen(await stage.publisher());
  await until(async () => (await stage.queued()).length > 0);
  expect(await stage.queued()).toEqual(['old']);
  const { gaps } = await stage.ledger();
  expect(gaps.map(({ reason, state }) => [reason, state])).toEqual([
    ['away', 'open'],
    ['old', 'lost'],
  ]);
});

test('an archive that does not answer is asked again: the gap stays open and says why, readiness too', async () => {
  const bus = await stage.publisher();
  const first = await listen(bus);
  await stage.watermarkPasses(Date.now());
  await first.stop();
  const absentMs = Date.now();
  stage.archive.rows.push(makeRow('missed', absentMs));
  stage.archive.faults.push(400);
  const { wrong } = await listen(bus);
  const gap = await until(async () => (await stage.ledger()).gaps.find(({ problem }) => problem));
  expect(gap?.problem).toContain('did not accept the request (400)');
  expect((await wrong()).join()).toContain('The archive (ARCHIVE_URL) does not tell what was missed');
  expect(await stage.watermark()).toBeLessThanOrEqual(absentMs);
  await until(async () => (await stage.queued()).includes('missed'));
  await until(async () => (await wrong()).length === 0);
});
