import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import amqp from 'amqplib';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type Message, messageSchema } from '../../bus/message.ts';
import { amqpExchange } from '../../bus/outside/amqp.ts';
import { connectRedis, fromFields, streams } from '../../bus/streams.ts';
import { openGate } from '../../testing/gate.ts';
import { makeAuthority } from '../../testing/pki.ts';
import { startRabbitmq, type TestRabbitmq } from '../../testing/rabbitmq.ts';
import { skipUnless } from '../../testing/skips.ts';
import {
  createDatabase,
  freePort,
  makeFolder,
  startTestRedis,
  testContext,
  until,
} from '../../testing/stores.ts';
import { startListener } from '../listener.ts';
import { openAmqpSource } from './amqp.ts';
import type { AmqpOptions } from './amqp-session.ts';
import { TOPIC, testSource } from './source.conformance.ts';
import type { Arrival, Fate, Source, Take } from './source.ts';

/** What Fedora's broker lets the user of everybody make. */
const UUIDS = '^((\\w{8}(-\\w{4}){3}-\\w{12})|amq\\..*)$';
const EXCHANGE = 'amq.topic';

skipUnless('rabbitmq')('a queue at a broker, by TLS and certificate', () => {
  let broker: TestRabbitmq;
  let everybody: AmqpOptions;
  let inside: AmqpOptions;
  let stranger: Pick<AmqpOptions, 'certificate' | 'key'>;

  beforeAll(async () => {
    const folder = makeFolder('amqp-tls');
    const write = (name: string, pem: string) => {
      writeFileSync(join(folder, name), pem);
      return join(folder, name);
    };
    const [authority, foreign] = await Promise.all([makeAuthority('Broker CA'), makeAuthority('Other CA')]);
    const ca = write('ca.pem', authority.pem);
    const identify = async (name: string) => {
      const { pem, keyPem } = await authority.issue(name);
      return { ca, certificate: write(`${name}.pem`, pem), key: write(`${name}.key`, keyPem) };
    };
    const { pem, keyPem } = await foreign.issue('fedora');
    stranger = { certificate: write('stranger.pem', pem), key: write('stranger.key', keyPem) };
    broker = await startRabbitmq(makeFolder('rabbitmq'), {
      tls: await identify('127.0.0.1'),
      users: [
        { name: 'fedora', configure: UUIDS, write: UUIDS, read: '.*' },
        { name: 'hubs', configure: '^$', write: '^amq\\.topic$', read: '^hubs$' },
      ],
    });
    const queue = { url: broker.tlsUrl, exchange: EXCHANGE, prefetch: 25 };
    everybody = { ...queue, ...(await identify('fedora')), queue: '', declare: 'active', bindings: ['#'] };
    inside = { ...queue, ...(await identify('hubs')), queue: 'hubs', declare: 'passive', bindings: [] };
  }, 150_000);
  afterAll(() => broker?.stop());

  /** Whoever may do everything. */
  async function asGuest() {
    const connection = await amqp.connect(broker.pubsubUrl);
    connection.on('error', () => undefined); // the broker was stopped
    onTestFinished(() => connection.close().catch(() => undefined));
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined); // there is no such queue
    return channel;
  }
  async function publish(...sent: ({ id: string } | 'broken')[]): Promise<void> {
    const channel = await asGuest();
    for (const one of sent) {
      const [body, messageId] = one === 'broken' ? ['[', 'broken'] : ['{"karma":1}', one.id];
      const properties = { messageId, persistent: true, contentType: 'application/json', headers: {} };
      channel.publish(EXCHANGE, TOPIC, Buffer.from(body), properties);
    }
    await channel.waitForConfirms();
  }
  const countReady = async (queue: string) => (await (await asGuest()).checkQueue(queue)).messageCount;

  function open(options: AmqpOptions, take: Take): Source {
    const source = openAmqpSource(options, pino({ level: 'silent' }), take);
    onTestFinished(() => source.stop(0));
    return source;
  }
  async function openConnected(options: AmqpOptions, take: Take): Promise<Source> {
    const source = open(options, take);
    await until(() => {
      for (const problem of source.wrong()) throw new Error(problem);
      return true;
    });
    return source;
  }
  /** Collects what arrives and settles it as told. */
  function collect(fate: (id: string) => Fate | undefined = () => 'queued') {
    const ids: string[] = [];
    const take: Take = async ({ result, settle }: Arrival) => {
      const id = 'message' in result ? result.message.id : result.dropped;
      ids.push(id);
      const known = fate(id);
      if (known) settle?.(known);
    };
    return { ids, take };
  }
  const named = (): AmqpOptions => ({ ...everybody, queue: randomUUID() });
  const problemOf = async (options: AmqpOptions, expected: string) => {
    const source = open(options, async () => undefined);
    await until(() => {
      const [problem = ''] = source.wrong();
      if (!problem.includes(expected)) throw new Error(problem);
      return true;
    });
    await source.stop(0);
  };

  testSource(async (take, sent) => {
    const source = await openConnected(named(), take);
    await publish(...sent);
    return source;
  });

  test('what Redis does not have goes back to the queue; what is no message does not', async () => {
    const options = named();
    const first = collect((id) => (id === 'a' ? 'queued' : id === 'message' ? 'refused' : undefined));
    const source = await openConnected(options, first.take);
    await publish({ id: 'a' }, 'broken', { id: 'b' }, { id: 'c' });
    await until(() => first.ids.length === 4);
    await source.stop(0);
    await until(async () => (await countReady(options.queue)) === 2);
    const second = collect();
    await openConnected(options, second.take);
    await until(() => second.ids.length === 2);
    expect(second.ids).toEqual(['b', 'c']);
  });

  test('a stop waits for what is on its way', async () => {
    const options = named();
    const settles: Arrival['settle'][] = [];
    const source = await openConnected(options, async ({ settle }) => void settles.push(settle));
    await publish({ id: 'a' });
    await until(() => settles.length === 1);
    const stopped = source.stop(5_000);
    settles[0]?.('queued');
    await stopped;
    await source.done;
    expect(await countReady(options.queue)).toBe(0);
  });

  test('no more are on their way than the settings allow', async () => {
    const options = { ...named(), prefetch: 3 };
    const { ids, take } = collect(() => undefined);
    await openConnected(options, take);
    await publish(...Array.from({ length: 10 }, (_, at) => ({ id: `m${at}` })));
    await until(async () => ids.length === 3 && (await countReady(options.queue)) === 7);
    expect(ids).toEqual(['m0', 'm1', 'm2']);
  });

  test('only what the queue is bound to comes, and two listeners share it', async () => {
    const options = { ...named(), bindings: ['org.fedoraproject.*.bodhi.#'] };
    const [one, two] = [collect(), collect()];
    await openConnected(options, one.take);
    await openConnected(options, two.take);
    const channel = await asGuest();
    channel.publish(EXCHANGE, 'org.fedoraproject.prod.git.receive', Buffer.from('{}'), { messageId: 'git' });
    const ids = Array.from({ length: 10 }, (_, at) => `m${at}`);
    await publish(...ids.map((id) => ({ id })));
    await until(() => one.ids.length + two.ids.length === 10);
    expect([...one.ids, ...two.ids].sort()).toEqual(ids);
  });

  test('who may not make a queue takes one that is there', async () => {
    const channel = await asGuest();
    await channel.assertQueue('hubs', { durable: true });
    await channel.bindQueue('hubs', EXCHANGE, '#');
    await publish({ id: 'before' });
    const { ids, take } = collect();
    await openConnected(inside, take);
    await publish({ id: 'after' });
    await until(() => ids.length === 2);
    expect(ids).toEqual(['before', 'after']);
  });

  test('what Hubs publishes by its certificate comes back as the same message', async () => {
    const channel = await asGuest();
    await channel.assertQueue('hubs', { durable: true });
    await channel.bindQueue('hubs', EXCHANGE, '#');
    const outside = amqpExchange(inside, EXCHANGE, pino({ level: 'silent' }));
    onTestFinished(() => outside.close());
    const arrived: Arrival[] = [];
    await openConnected(inside, async (arrival) => {
      arrived.push(arrival);
      arrival.settle?.('queued');
    });
    const sent: Message = {
      id: randomUUID(),
      topic: 'org.fedoraproject.prod.hubs.user.role.added',
      environment: 'prod',
      category: 'hubs',
      time: Date.UTC(2026, 10, 20, 10, 30, 15),
      severity: 'warning',
      schema: 'hubs.user.role.added.v1',
      body: { username: 'mira', hub_name: 'grüße' },
    };
    await outside.publish(sent);
    await until(() => arrived.length === 1);
    expect(arrived[0]?.result).toEqual({ message: sent });
  });

  test('what an exchange does not take leaves no connection at the broker', async () => {
    const url = new URL(broker.pubsubUrl);
    const gate = await openGate({ host: url.hostname, port: Number(url.port) });
    onTestFinished(() => gate.shut());
    url.port = String(gate.port);
    const outside = amqpExchange({ url: url.href }, 'none', pino({ level: 'silent' }));
    onTestFinished(() => outside.close());
    const event = { id: 'e', topic: TOPIC, environment: '', category: '', time: 0, body: {} };
    const publishing = () => outside.publish({ ...event, severity: 'info' });
    await expect(publishing()).rejects.toThrow('did not take the message for none (PUBLISH_URL)');
    await expect(publishing()).rejects.toThrow('did not take the message for none (PUBLISH_URL)');
    await until(() => gate.count() === 0);
  });

  test('a listener without Redis gives its messages back to the broker, and the next one brings them to hubs:bus', async () => {
    const redis = await startTestRedis();
    onTestFinished(() => redis.stop());
    const queue = randomUUID();
    const listen = async () => {
      const context = testContext({
        databaseUrl: await createDatabase(),
        redisUrl: redis.url,
        overrides: {
          BUS_AMQP_URL: everybody.url,
          BUS_AMQP_QUEUE: queue,
          AMQP_CA: everybody.ca,
          AMQP_CERT: everybody.certificate,
          AMQP_KEY: everybody.key,
        },
      });
      const listener = await startListener(context);
      onTestFinished(() => listener.stop());
      return { listener, context };
    };
    const first = await listen();
    await until(async () => (await first.listener.wrong()).length === 0);
    await redis.stop();
    await publish({ id: 'a' }, { id: 'b' });
    await until(async () => (await first.listener.wrong()).join().includes('2 messages wait in memory'));
    await first.listener.stop();
    const counted = await first.context.metrics.getSingleMetric('hubs_listener_messages_total')?.get();
    const returned = counted?.values.filter(({ labels }) => labels.outcome === 'returned') ?? [];
    expect(returned.reduce((sum, { value }) => sum + value, 0)).toBe(2);
    expect(await countReady(queue)).toBe(2);

    await redis.start();
    await listen();
    const client = connectRedis(redis.url);
    onTestFinished(() => client.disconnect());
    await until(async () => (await client.xlen(streams.bus)) === 2);
    const items = await client.xrange(streams.bus, '-', '+');
    expect(items.map(([, fields]) => fromFields(messageSchema, fields).id)).toEqual(['a', 'b']);
    await until(async () => (await countReady(queue)) === 0);
  });

  test('a queue of no name goes with the connection', async () => {
    const { ids, take } = collect();
    await openConnected(everybody, take);
    await publish({ id: 'a' });
    await until(() => ids.length === 1);
  });

  test('why there is no connection is said with the remedy', async () => {
    await problemOf({ ...inside, declare: 'active' }, 'set BUS_AMQP_DECLARE=passive');
    await problemOf({ ...everybody, queue: 'ours' }, 'BUS_AMQP_QUEUE to a name it may make');
    await problemOf(
      { ...named(), declare: 'passive' },
      'check BUS_AMQP_QUEUE, or set BUS_AMQP_DECLARE=active',
    );
    await (await asGuest()).assertQueue('other');
    await problemOf({ ...inside, queue: 'other' }, 'Hubs may not read the queue other');
    await problemOf({ ...named(), exchange: 'none' }, 'there is no exchange none');
    await problemOf({ ...named(), url: broker.tlsUrl.replace('%2Fpubsub', 'other') }, 'virtual host');
    await problemOf({ ...named(), url: broker.url.replace(':guest', ':wrong') }, 'refuses the user');
    await problemOf({ ...named(), ca: undefined }, 'check AMQP_CA');
    await problemOf({ ...named(), ...stranger }, 'TLS fails');
    await problemOf({ ...named(), certificate: stranger.certificate }, 'TLS fails');
    await problemOf({ ...named(), ca: '/nowhere.pem' }, "/nowhere.pem can't be read (ENOENT)");
    await problemOf(
      { ...named(), url: `amqp://127.0.0.1:${await freePort()}` },
      'the connection was refused',
    );
  });

  test('a queue that was made otherwise is taken passively only', async () => {
    const options = named();
    await (await asGuest()).assertQueue(options.queue, { durable: false, autoDelete: true });
    await problemOf(options, 'set BUS_AMQP_DECLARE=passive');
  });

  test('a queue that goes while it is listened to is made again', async () => {
    const options = named();
    const { ids, take } = collect();
    await openConnected(options, take);
    await (await asGuest()).deleteQueue(options.queue);
    await until(
      async () => (await (await asGuest()).checkQueue(options.queue).catch(() => null))?.consumerCount === 1,
    );
    await publish({ id: 'a' });
    await until(() => ids.length === 1);
  });

  test('a broker that never answers does not hold up a stop', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const source = open({ ...named(), url: `amqp://127.0.0.1:${port}` }, async () => undefined);
    await once(server, 'connection');
    const startedAt = performance.now();
    await source.stop(100);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  // RabbitMQ needs half a minute to start on a busy machine.
  test('a broker that goes and comes back is listened to again, and nothing in its queue is lost', async () => {
    const options = named();
    let isAway = false;
    const { ids, take } = collect(() => (isAway ? undefined : 'queued'));
    const source = await openConnected(options, take);
    await publish({ id: 'a' });
    await until(() => ids.length === 1);
    isAway = true;
    await publish({ id: 'b' });
    await until(() => ids.length === 2);
    await broker.stop();
    await until(() => source.wrong().join().includes('It is tried again.'));
    isAway = false;
    await broker.start();
    await until(() => source.wrong().length === 0, { deadlineMs: 40_000 });
    await publish({ id: 'c' });
    await until(() => ids.length === 4);
    expect(ids).toEqual(['a', 'b', 'b', 'c']);
  }, 150_000);
});
