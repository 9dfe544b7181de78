import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { messageSchema } from '../bus/message.ts';
import { openQueue } from '../bus/queue-messages.ts';
import { fromFields, streams } from '../bus/streams.ts';
import type { Context, Running } from '../runtime/process.ts';
import type { Settings } from '../settings/settings.ts';
import { idOf } from '../testing/listener-stage.ts';
import { makeAuthority, signEnvelope } from '../testing/pki.ts';
import { makeEnvelope, openPublisher, type TestPublisher } from '../testing/publisher.ts';
import {
  createDatabase,
  makeFolder,
  startTestRedis,
  type TestRedis,
  testContext,
  until,
} from '../testing/stores.ts';
import { startListener } from './listener.ts';
import { MESSAGE_BYTES } from './sources/source.ts';

const databaseUrl = await createDatabase();
let server: TestRedis;
let redis: Redis;
let closers: (() => unknown)[];

beforeEach(async () => {
  server = await startTestRedis();
  redis = new Redis(server.url, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  closers = [() => server.stop(), () => redis.disconnect()];
});

afterEach(async () => {
  for (const close of closers.reverse()) await close();
});

async function listen(publishers: TestPublisher[], overrides: Partial<Settings> = {}) {
  const context = testContext({
    databaseUrl,
    redisUrl: server.url,
    overrides: { BUS_ENDPOINTS: publishers.map(({ endpoint }) => endpoint), ...overrides },
  });
  const listener = await startListener(context);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= listener.stop();
    return stopping;
  };
  closers.push(stop);
  await Promise.all(publishers.map((publisher) => publisher.hasSubscribers(1)));
  return { ...listener, stop, context };
}

async function publisher(port?: number): Promise<TestPublisher> {
  const opened = await openPublisher(port);
  closers.push(() => opened.close());
  return opened;
}

const queued = async (): Promise<string[]> =>
  (await redis.xrange(streams.bus, '-', '+')).map(([, fields]) => fromFields(messageSchema, fields).id);
const envelopes = (count: number) => Array.from({ length: count }, () => makeEnvelope());
const publishAll = async (to: TestPublisher, all: ReturnType<typeof envelopes>) => {
  for (const envelope of all) await to.publish(envelope);
};

async function counted(context: Context, name: string, labels: Record<string, string>): Promise<number> {
  const metric = await context.metrics.getSingleMetric(name)?.get();
  return (metric?.values ?? [])
    .filter((value) => Object.entries(labels).every(([key, label]) => value.labels[key] === label))
    .reduce((sum, { value }) => sum + value, 0);
}
const outcome = (context: Context, name: string) =>
  counted(context, 'hubs_listener_messages_total', { outcome: name });

test('messages of two endpoints arrive, in the order of each', async () => {
  const one = await publisher();
  const two = await publisher();
  const { context } = await listen([one, two]);
  const fromOne = envelopes(50);
  const fromTwo = envelopes(50);
  await Promise.all([publishAll(one, fromOne), publishAll(two, fromTwo)]);
  await until(async () => (await queued()).length === 100);
  const ids = await queued();
  for (const sent of [fromOne.map(idOf), fromTwo.map(idOf)])
    expect(ids.filter((id) => sent.includes(id))).toEqual(sent);
  expect(await outcome(context, 'queued')).toBe(100);
  expect(await counted(context, 'hubs_listener_received_total', {})).toBe(100);
});

test('only topics with a configured prefix are taken', async () => {
  const bus = await publisher();
  await listen([bus], { BUS_TOPICS: ['org.fedoraproject.prod.'] });
  const wanted = makeEnvelope();
  await bus.publish(makeEnvelope('org.fedoraproject.stg.bodhi.update.comment'));
  await bus.publish(wanted);
  await until(async () => (await queued()).length > 0);
  expect(await queued()).toEqual([idOf(wanted)]);
});

test('a publisher that starts again on its port is heard again, and readiness tells of the time between', async () => {
  const before = await publisher();
  const listener = await listen([before]);
  await until(async () => (await listener.wrong()).length === 0);
  before.close();
  await until(async () => (await listener.wrong()).length > 0);
  expect(await listener.wrong()).toEqual([
    `The bus at ${before.endpoint} is not connected; it is tried again every second.`,
  ]);
  const after = await publisher(Number(new URL(before.endpoint).port));
  await after.hasSubscribers(1);
  const envelope = makeEnvelope();
  await after.publish(envelope);
  await until(async () => (await queued()).includes(idOf(envelope)));
  expect(await listener.wrong()).toEqual([]);
});

test('bad messages are dropped and counted with their reason; the good one after them arrives', async () => {
  const bus = await publisher();
  const { context } = await listen([bus]);
  const { topic } = makeEnvelope();
  const good = makeEnvelope();
  await bus.publishFrames([topic, '{"topic":']);
  await bus.publishFrames([topic, '{}', '{}']);
  await bus.publishFrames([topic, Buffer.alloc(MESSAGE_BYTES + 1 - topic.length, ' ')]);
  await bus.publishFrames([topic, Buffer.from([0xff])]);
  await bus.publishFrames([topic, '{}']);
  await bus.publishFrames(['org.fedoraproject', JSON.stringify(makeEnvelope())]);
  await bus.publishFrames(['x', 'not JSON of a service nobody knows']);
  await bus.publish(good);
  await until(async () => (await queued()).length > 0);
  expect(await queued()).toEqual([idOf(good)]);
  const reasons = { json: 2, frames: 1, size: 1, encoding: 1, message: 1, topic: 1 };
  for (const [reason, count] of Object.entries(reasons))
    expect(await counted(context, 'hubs_listener_dropped_total', { reason }), reason).toBe(count);
  expect(await outcome(context, 'dropped')).toBe(7);
  expect(
    await counted(context, 'hubs_listener_messages_total', { outcome: 'dropped', service: 'other' }),
  ).toBe(2);
});

test('what a second listener brings too is queued once', async () => {
  const bus = await publisher();
  const first = await listen([bus]);
  const second = await listen([bus]);
  await bus.hasSubscribers(2);
  const sent = envelopes(100);
  await publishAll(bus, sent);
  await until(
    async () =>
      (await outcome(first.context, 'duplicate')) + (await outcome(second.context, 'duplicate')) === 100,
  );
  expect(await queued()).toEqual(sent.map(idOf));
  expect((await outcome(first.context, 'queued')) + (await outcome(second.context, 'queued'))).toBe(100);
});

test('while Redis is away messages wait, as many as fit and the others in ZeroMQ; all arrive when it is back', async () => {
  const bus = await publisher();
  const listener = await listen([bus], { BUS_HIGH_WATER_MARK: 20 });
  await server.stop();
  await until(async () => (await listener.wrong()).some((one) => one.startsWith("Redis can't be reached")));
  const sent = envelopes(60);
  await publishAll(bus, sent);
  await until(async () => (await listener.wrong()).join().includes('20 messages wait in memory, at most 20'));
  // The 21st is in the hand of the reader; the 22nd still lies in ZeroMQ.
  expect(await counted(listener.context, 'hubs_listener_received_total', {})).toBe(21);
  await server.start();
  await until(async () => (await queued()).length === 60);
  expect(await queued()).toEqual(sent.map(idOf));
  expect(await listener.wrong()).toEqual([]);
});

test('a stop loses nothing of what waits here and in ZeroMQ', async () => {
  const bus = await publisher();
  const listener = await listen([bus], { BUS_HIGH_WATER_MARK: 20 });
  await server.stop();
  const sent = envelopes(60);
  await publishAll(bus, sent);
  await until(async () => (await listener.wrong()).join().includes('20 messages wait in memory'));
  const stopped = listener.stop();
  await server.start();
  await stopped;
  expect(await queued()).toEqual(sent.map(idOf));
  expect(await outcome(listener.context, 'lost')).toBe(0);
});

test('what Redis does not take before the deadline of a stop is counted as lost', async () => {
  const bus = await publisher();
  const listener = await listen([bus]);
  await server.kill();
  await publishAll(bus, envelopes(3));
  await until(async () => (await listener.wrong()).join().includes('3 messages wait in memory'));
  await listener.stop();
  expect(await outcome(listener.context, 'lost')).toBe(3);
});

test('messages are taken as the policy of their environment wants them signed', async () => {
  const bus = await publisher();
  const [authority, foreign] = await Promise.all([makeAuthority(), makeAuthority()]);
  const [leaf, forged] = await Promise.all([
    authority.issue('app.example.org'),
    foreign.issue('app.example.org'),
  ]);
  const ca = join(makeFolder('trust'), 'ca.pem');
  writeFileSync(ca, authority.pem);
  const { context } = await listen([bus], {
    BUS_CA: ca,
    BUS_SIGNATURES: { prod: 'require', stg: 'prefer', '*': 'ignore' },
  });
  const make = (environment: string) => makeEnvelope(`org.fedoraproject.${environment}.bodhi.update.comment`);
  const good = signEnvelope(make('prod'), leaf);
  const [unsigned, unchecked] = [make('stg'), signEnvelope(make('dev'), forged)];
  const bad = [
    make('prod'),
    signEnvelope(make('prod'), forged),
    signEnvelope(make('stg'), forged),
    { ...good, msg_id: makeEnvelope().msg_id },
  ];
  for (const envelope of [...bad, good, unsigned, unchecked]) await bus.publish(envelope);
  await until(async () => (await queued()).length === 3);
  expect(await queued()).toEqual([good, unsigned, unchecked].map(idOf));
  const [first] = await redis.xrange(streams.bus, '-', '+');
  expect(fromFields(messageSchema, first?.[1] ?? []).signer).toBe('app.example.org');
  expect([await outcome(context, 'unsigned'), await outcome(context, 'invalid')]).toEqual([1, 3]);
  for (const [reason, count] of Object.entries({ unsigned: 1, authority: 2, signature: 1 }))
    expect(await counted(context, 'hubs_listener_dropped_total', { reason }), reason).toBe(count);
});

test('messages wait for an authority that is not known yet, and readiness tells of it', async () => {
  const bus = await publisher();
  const authority = await makeAuthority();
  const ca = join(makeFolder('trust'), 'ca.pem');
  const listener = await listen([bus], { BUS_CA: ca });
  const envelope = signEnvelope(makeEnvelope(), await authority.issue('app.example.org'));
  await bus.publish(envelope);
  await until(async () => (await listener.wrong()).join().includes(`messages wait: ${ca} can't be read`));
  writeFileSync(ca, authority.pem);
  await until(async () => (await queued()).length === 1);
  expect(await listener.wrong()).toEqual([]);
});

test('a message that is nested without end is dropped', async () => {
  const bus = await publisher();
  const { context } = await listen([bus]);
  const { topic, ...envelope } = makeEnvelope();
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  await bus.publishFrames([
    topic,
    JSON.stringify({ ...envelope, topic, msg: { x: 0 } }).replace('"x":0', `"x":${deep}`),
  ]);
  await until(
    async () => (await counted(context, 'hubs_listener_dropped_total', { reason: 'message' })) === 1,
  );
});

test('nothing is added while too many wait for triage', async () => {
  const queue = openQueue(redis, 2);
  const message = (id: string) => ({ id, text: '{}' });
  expect(await queue([message('a'), message('b'), message('a')])).toEqual(['queued', 'queued', 'duplicate']);
  expect(await queue([message('c')])).toBeNull();
  await redis.del(streams.bus);
  expect(await queue([message('c')])).toEqual(['queued']);
});

test('without a bus it does not start and says what to set', async () => {
  const start: Promise<Running> = startListener(
    testContext({ databaseUrl: 'postgresql://localhost/none', redisUrl: server.url }),
  );
  await expect(start).rejects.toThrow('There is no bus to listen to; set BUS_AMQP_URL');
});
