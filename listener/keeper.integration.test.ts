import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { epochKey, streams, toFields } from '../bus/streams.ts';
import { unaccounted } from '../ledger/read-ledger.ts';
import type { Settings } from '../settings/settings.ts';
import { makeRow } from '../testing/archive.ts';
import { idOf, type ListenerStage, openListenerStage, quickPace } from '../testing/listener-stage.ts';
import { makeEnvelope, type TestPublisher } from '../testing/publisher.ts';
import { until } from '../testing/stores.ts';

let stage: ListenerStage;
beforeEach(async () => {
  stage = await openListenerStage();
});
afterEach(() => stage.close());

async function listen(bus: TestPublisher, overrides: Partial<Settings> = {}) {
  const listener = await stage.listen({ BUS_ENDPOINTS: [bus.endpoint], ...overrides });
  await bus.hasSubscribers(1);
  return listener;
}

test('the watermark moves on with the clock on a quiet bus, and waits for what triage or worker still hold', async () => {
  const bus = await stage.publisher();
  await listen(bus);
  await stage.watermarkPasses(Date.now());
  const held = makeEnvelope();
  await bus.publish(held);
  const publishedMs = Date.now();
  await until(async () => (await stage.queued()).includes(idOf(held)));
  // Another look of the keeper, and another: the watermark stays before the message.
  const heard = async () => (await stage.ledger()).heardMs ?? 0;
  await until(async () => (await heard()) > publishedMs + 300);
  expect(await stage.watermark()).toBeLessThanOrEqual(publishedMs + 20);
  // Triage hands it on in one step; the worker holds it now.
  await stage.redis
    .multi()
    .xadd(streams.work, '*', ...toFields({}))
    .xtrim(streams.bus, 'MAXLEN', 0)
    .exec();
  const atWorkMs = Date.now();
  await until(async () => (await heard()) > atWorkMs + 300);
  expect(await stage.watermark()).toBeLessThanOrEqual(publishedMs + 20);
  await stage.acknowledge();
  await stage.watermarkPasses(atWorkMs);
});

test('a listener that is killed leaves the lock and the position to the next one', async () => {
  const bus = await stage.publisher();
  const run = () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
      env: {
        ...{ PATH: process.env.PATH, NODE_ENV: 'test', HEALTH_PORT: '0', BEAT_MS: '50' },
        ...{ DATABASE_URL: stage.databaseUrl, REDIS_URL: stage.server.url },
        ...{ BUS_ENDPOINTS: bus.endpoint, ARCHIVE_URL: stage.archive.url },
      },
      stdio: 'ignore',
    });
    stage.onClose(() => child.kill('SIGKILL'));
    return child;
  };
  const killed = run();
  await bus.hasSubscribers(1);
  await stage.watermarkPasses(0);
  const held = makeEnvelope();
  await bus.publish(held);
  await until(async () => (await stage.queued()).includes(idOf(held)));
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  stage.archive.rows.push(makeRow(idOf(held), Date.now()), makeRow('missed', Date.now()));
  run();
  await until(async () => (await stage.queued()).length === 2, { deadlineMs: 30_000 });
  expect(await stage.queued()).toEqual([idOf(held), 'missed']);
});

test('an emptied Redis is noticed, and what nobody had acknowledged is read again; counts stay true', async () => {
  const bus = await stage.publisher();
  await listen(bus);
  await stage.watermarkPasses(Date.now());
  const doneMs = Date.now();
  const done = makeEnvelope();
  await bus.publish(done);
  await until(async () => (await stage.queued()).length === 1);
  await stage.acknowledge();
  await stage.watermarkPasses(Date.now());
  const heldMs = Date.now();
  const held = makeEnvelope();
  await bus.publish(held);
  await until(async () => (await stage.queued()).length === 1);
  await until(async () => (await stage.counts()).queued === 2);
  const epoch = await stage.redis.get(epochKey);
  stage.archive.rows.push(makeRow(idOf(done), doneMs), makeRow(idOf(held), heldMs));
  await stage.redis.flushall();
  await until(async () => (await stage.queued()).includes(idOf(held)));
  expect(await stage.redis.get(epochKey)).not.toBe(epoch);
  await stage.acknowledge();
  await stage.watermarkPasses(Date.now());
  const counted = await stage.counts();
  expect(counted).toMatchObject({ queued: 2, again: 2 });
  expect(unaccounted(counted)).toBe(0);
  expect((await stage.ledger()).gaps).toMatchObject([{ reason: 'emptied', state: 'filled' }]);
});

test('what a publisher whose clock is ahead sent before Redis was emptied is read again, too', async () => {
  const bus = await stage.publisher();
  const aheadMs = 1_000;
  await stage.listen({ BUS_ENDPOINTS: [bus.endpoint] }, { ...quickPace, joinMs: 2 * aheadMs });
  await stage.watermarkPasses(Date.now());
  stage.archive.rows.push(makeRow('ahead', Date.now() + aheadMs));
  await stage.redis.flushall();
  await until(async () => (await stage.queued()).includes('ahead'));
});

test('a Redis that fell and stands again empty loses nothing either', async () => {
  const bus = await stage.publisher();
  await listen(bus);
  await stage.watermarkPasses(Date.now());
  const held = makeEnvelope();
  await bus.publish(held);
  await until(async () => (await stage.queued()).length === 1);
  stage.archive.rows.push(makeRow(idOf(held), Date.now()));
  await stage.server.kill();
  await stage.server.start();
  await until(async () => (await stage.queued()).length === 1);
  expect(await stage.queued()).toEqual([idOf(held)]);
});

test('of two listeners one keeps the position; the other goes on when it ends', async () => {
  const bus = await stage.publisher();
  const first = await listen(bus);
  await stage.watermarkPasses(Date.now());
  await listen(bus);
  await bus.hasSubscribers(2);
  await stage.watermarkPasses(Date.now());
  await first.stop();
  await stage.watermarkPasses(Date.now());
  // It had heard all that time: nothing was missed.
  expect((await stage.ledger()).gaps).toEqual([]);
  expect(stage.archive.requests).toHaveLength(0);
});

test('each message has one outcome, counted by the hour it was sent in and by its service', async () => {
  const bus = await stage.publisher();
  await listen(bus, { BUS_JUNK: ['buildsys.tag'] });
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
      (await stage.ledger()).rows.map((row) => [
        `${(row.hourMs - nowHour) / 3_600_000} ${row.service}`,
        row.counts,
      ]),
    );
  await until(async () => (await stage.counts()).received === 7);
  await until(async () => unaccounted(await stage.counts()) === 0);
  expect(await byPlace()).toEqual({
    '0 bodhi': { received: 2, queued: 1, duplicate: 1 },
    '-1 bodhi': { received: 1, queued: 1 },
    '0 buildsys': { received: 2, junk: 1, duplicate: 1 },
    '0 other': { received: 1, queued: 1 },
    '0 git': { received: 1, dropped: 1 },
  });
  expect(await stage.queued()).toEqual([sent, earlier, strange].map(idOf));
});

test('without PostgreSQL messages are taken all the same, and readiness says what waits', async () => {
  const bus = await stage.publisher();
  const { wrong } = await listen(bus, { DATABASE_DIRECT_URL: 'postgresql://127.0.0.1:1/none' });
  const envelope = makeEnvelope();
  await bus.publish(envelope);
  await until(async () => (await stage.queued()).includes(idOf(envelope)));
  await until(async () => (await wrong()).join().includes('The position on the bus is not kept'));
});
