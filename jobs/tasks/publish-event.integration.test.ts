import amqp from 'amqplib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Subscriber } from 'zeromq';
import { type Message, messageSchema } from '../../bus/message.ts';
import { connectRedis, fromFields, streams } from '../../bus/streams.ts';
import { type HubsEvent, hubEvent, promiseEvent, roleEvent } from '../../hubs/changes.ts';
import type { Settings } from '../../settings/settings.ts';
import { startRabbitmq, type TestRabbitmq } from '../../testing/rabbitmq.ts';
import { skipUnless } from '../../testing/skips.ts';
import {
  freePort,
  makeFolder,
  openTestDatabase,
  startTestRedis,
  testContext,
  until,
} from '../../testing/stores.ts';
import { startWorker } from '../worker.ts';

const { url: databaseUrl, pool, database } = await openTestDatabase();
const redisServer = await startTestRedis();
const redis = connectRedis(redisServer.url);
afterAll(async () => {
  redis.disconnect();
  await redisServer.stop();
});

const hub = { id: 7, type: 'team', name: 'design', visibility: 'public' } as const;
const given = {
  username: 'mira',
  hub,
  role: 'member',
  agent: 'mira',
  baseUrl: 'https://hubs.example.org',
} as const;
const joined = roleEvent('added', given);

const promiseAll = (events: HubsEvent[]) =>
  database.$transaction(async (tx) => {
    for (const event of events) await promiseEvent(tx, event);
  });
const onBus = async (): Promise<Message[]> =>
  (await redis.xrange(streams.bus, '-', '+')).map(([, fields]) => fromFields(messageSchema, fields));

async function withWorker(overrides: Partial<Settings>, use: () => Promise<void>) {
  await redis.flushall();
  const worker = await startWorker(testContext({ databaseUrl, redisUrl: redisServer.url, overrides }));
  try {
    await use();
  } finally {
    await worker.stop();
  }
}

test('events reach hubs:bus in the order of their commit, with the fields that are promised', () =>
  withWorker({}, async () => {
    const updated = (key: string) =>
      hubEvent('hub.updated', { hub, changedKeys: [key], agent: 'mira', baseUrl: given.baseUrl });
    await promiseAll([joined, ...Array.from({ length: 20 }, (_, number) => updated(`key${number}`))]);
    await until(async () => (await onBus()).length === 21);
    const messages = await onBus();
    expect(messages[0]).toMatchObject({
      topic: 'org.fedoraproject.dev.hubs.user.role.added',
      environment: 'dev',
      category: 'hubs',
      body: {
        username: 'mira',
        hub_name: 'design',
        hub_url: 'https://hubs.example.org/t/design',
        hub_type: 'team',
        role: 'member',
        agent: 'mira',
      },
    });
    expect(messages.slice(1).map(({ body }) => body.changed_keys)).toEqual(
      Array.from({ length: 20 }, (_, number) => [`key${number}`]),
    );
    expect(new Set(messages.map(({ id }) => id)).size).toBe(21);
  }));

test('an event of a change that is rolled back is never said', () =>
  withWorker({}, async () => {
    const undone = database.$transaction(async (tx) => {
      await promiseEvent(tx, joined);
      throw new Error('changed their mind');
    });
    await expect(undone).rejects.toThrow('changed their mind');
    await promiseAll([roleEvent('removed', given)]);
    await until(async () => (await onBus()).length > 0);
    expect((await onBus()).map(({ topic }) => topic)).toEqual([
      'org.fedoraproject.dev.hubs.user.role.removed',
    ]);
  }));

test('a stream has no address in what it says', () => {
  const stream = { ...hub, type: 'stream', visibility: 'private' } as const;
  const event = roleEvent('added', { ...given, hub: stream });
  expect(event.body).not.toHaveProperty('hub_url');
  expect(event.outside).toBe(false);
});

test('a relay hears what is for outside as fedmsg has it; one that is away holds up nothing inside', async () => {
  const port = await freePort();
  await withWorker({ PUBLISH_URL: `tcp://127.0.0.1:${port}` }, async () => {
    await promiseAll([{ ...joined, outside: false }, joined]);
    await until(async () => (await onBus()).length === 2);
    const relay = new Subscriber({ receiveTimeout: 10_000 });
    relay.subscribe('');
    await relay.bind(`tcp://127.0.0.1:${port}`);
    const [topic, envelope] = await relay.receive();
    relay.close();
    const [inside, { id } = { id: '' }] = await onBus();
    expect(inside?.body).toEqual({ ...joined.body, private: true });
    expect(String(topic)).toBe('org.fedoraproject.dev.hubs.user.role.added');
    const said = JSON.parse(String(envelope));
    expect(said).toMatchObject({ topic: String(topic), msg: joined.body, i: 1 });
    expect(said.msg_id).toBe(`${new Date().getUTCFullYear()}-${id}`);
    await until(async () => (await pool.query('SELECT FROM graphile_worker.jobs')).rowCount === 0);
  });
});

skipUnless('rabbitmq')('an AMQP exchange', () => {
  let broker: TestRabbitmq;
  beforeAll(async () => {
    broker = await startRabbitmq(makeFolder('rabbitmq'));
  }, 150_000);
  afterAll(() => broker?.stop());

  test('gets the event persistent, with the properties and headers of fedora-messaging', () =>
    withWorker({ PUBLISH_URL: broker.url }, async () => {
      const connection = await amqp.connect(broker.url);
      const channel = await connection.createChannel();
      const { queue } = await channel.assertQueue('', { exclusive: true });
      await channel.bindQueue(queue, 'amq.topic', 'org.fedoraproject.dev.hubs.#');
      const heard = new Promise<amqp.ConsumeMessage | null>((resolve) => {
        void channel.consume(queue, resolve, { noAck: true });
      });
      await promiseAll([joined]);
      const message = await heard;
      expect(JSON.parse(String(message?.content))).toEqual(joined.body);
      expect(message?.fields.routingKey).toBe('org.fedoraproject.dev.hubs.user.role.added');
      expect(message?.properties).toMatchObject({
        contentType: 'application/json',
        contentEncoding: 'utf-8',
        deliveryMode: 2,
        messageId: (await onBus())[0]?.id,
      });
      expect(message?.properties.messageId).toMatch(/^\w{8}-\w{4}-4\w{3}-[89ab]\w{3}-\w{12}$/);
      expect(message?.properties.headers).toMatchObject({
        fedora_messaging_schema: 'base.message',
        fedora_messaging_severity: 20,
        fedora_messaging_user_mira: true,
        'sent-at': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
      });
      await connection.close();
    }));

  test('keeps nothing of what it has published', () =>
    withWorker({ PUBLISH_URL: broker.url }, async () => {
      const warnings: Error[] = [];
      const note = (warning: Error) => warnings.push(warning);
      process.on('warning', note); // node's, of more than ten listeners for one event
      await promiseAll(Array.from({ length: 12 }, () => joined));
      await until(async () => (await pool.query('SELECT FROM graphile_worker.jobs')).rowCount === 0);
      process.off('warning', note);
      expect(warnings.map(({ name }) => name)).toEqual([]);
    }));
});
