// A listener at a broker that dies, or is cut off from it: what the broker kept comes again, what it did not keep is
// read from the archive, and nothing is there twice.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import amqp, { type ConfirmChannel } from 'amqplib';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { messageSchema } from '../bus/message.ts';
import { fromFields, streams } from '../bus/streams.ts';
import { readLedger, sumRows, unaccounted } from '../ledger/read-ledger.ts';
import { type Child, startChild } from '../local/child.ts';
import { openPool, type Pool } from '../prisma/client.ts';
import { type ArchiveRow, makeRow, startArchive } from '../testing/archive.ts';
import { type Gate, openGate } from '../testing/gate.ts';
import { startRabbitmq, type TestRabbitmq } from '../testing/rabbitmq.ts';
import { callHubs } from '../testing/run-hubs.ts';
import { skipUnless } from '../testing/skips.ts';
import {
  createDatabase,
  makeFolder,
  startTestRedis,
  type TestRedis,
  testContext,
  until,
} from '../testing/stores.ts';
import { usualPace } from './catch-up.ts';
import { startListener } from './listener.ts';

/** A process starts slowly on a busy machine. */
const START = { deadlineMs: 30_000 };
const EXCHANGE = 'amq.topic';
const PREFETCH = 10;

skipUnless('rabbitmq')('a listener at a broker', () => {
  let broker: TestRabbitmq;
  let channel: ConfirmChannel;
  let server: TestRedis;
  let redis: Redis;
  let pool: Pool;
  let databaseUrl: string;
  /** In front of the broker. */
  let gate: Gate;
  /** As an archive has it. */
  let published: ArchiveRow[];

  beforeAll(async () => {
    broker = await startRabbitmq(makeFolder('rabbitmq'));
    const connection = await amqp.connect(broker.pubsubUrl);
    connection.on('error', () => undefined); // the broker is stopped in the end
    channel = await connection.createConfirmChannel();
  }, 150_000);
  afterAll(() => broker?.stop());

  beforeEach(async () => {
    [server, databaseUrl, gate] = await Promise.all([
      startTestRedis(),
      createDatabase(),
      openGate({ host: '127.0.0.1', port: Number(new URL(broker.url).port) }),
    ]);
    redis = new Redis(server.url);
    published = [];
    pool = openPool(databaseUrl);
  });
  afterEach(async () => {
    redis.disconnect();
    await Promise.all([pool.end(), gate.shut(), server.stop()]);
  });

  const throughGate = () => broker.pubsubUrl.replace(/:\d+\//, `:${gate.port}/`);
  /** @returns the ids, in order */
  async function publish(ids: string[]): Promise<string[]> {
    for (const id of ids) {
      const row = makeRow(id, Date.now());
      published.push(row);
      const { topic, headers, body } = row;
      const properties = { messageId: id, persistent: true, contentType: 'application/json', headers };
      channel.publish(EXCHANGE, topic, Buffer.from(JSON.stringify(body)), properties);
    }
    await channel.waitForConfirms();
    return ids;
  }
  const number = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name}-${at}`);
  const queued = async (): Promise<string[]> =>
    (await redis.xrange(streams.bus, '-', '+')).map(([, fields]) => fromFields(messageSchema, fields).id);
  const ledger = () => readLedger(pool, { sinceMs: Date.now() - 3_600_000 });
  const counts = async () => sumRows((await ledger()).rows, () => '').get('') ?? {};

  async function startProcess(url: string, queue: string): Promise<Child> {
    const env = {
      ...{ PATH: process.env.PATH, NODE_ENV: 'test' as const, HEALTH_PORT: '0', BEAT_MS: '100' },
      ...{ DATABASE_URL: databaseUrl, REDIS_URL: server.url },
      ...{ BUS_AMQP_URL: url, BUS_AMQP_QUEUE: queue, BUS_AMQP_PREFETCH: String(PREFETCH) },
    };
    const command = { file: process.execPath, args: [join(import.meta.dirname, 'main.ts')], env };
    const child = await startChild(command, join(makeFolder('listener'), 'log'));
    onTestFinished(() => child.kill());
    return child;
  }

  test('killed in the middle, again and again, it leaves every message to the next one, once', async () => {
    const queue = randomUUID();
    await channel.assertQueue(queue, { durable: true });
    await channel.bindQueue(queue, EXCHANGE, '#');
    /** Those that the broker has and nobody holds. */
    const ready = async () => (await channel.checkQueue(queue)).messageCount;
    const sent = await publish(number('first', 50));

    // Redis has them, but the broker hears no acknowledgement: they come again.
    const unheard = await startProcess(throughGate(), queue);
    await until(async () => (await queued()).length === sent.length, START);
    await until(async () => (await counts()).queued === sent.length);
    gate.mute();
    sent.push(...(await publish(number('second', 50))));
    await until(async () => (await queued()).length === 50 + PREFETCH);
    expect(await ready()).toBe(50 - PREFETCH);
    await unheard.kill();
    await until(async () => (await ready()) === 50);

    // Redis takes nothing: what it had in memory comes again.
    await redis.call('CLIENT', 'PAUSE', '60000', 'WRITE');
    const full = await startProcess(broker.pubsubUrl, queue);
    await until(async () => (await ready()) === 50 - PREFETCH, START);
    await full.kill();
    await until(async () => (await ready()) === 50);
    await redis.call('CLIENT', 'UNPAUSE');
    expect(await queued()).toHaveLength(50 + PREFETCH);

    // Two share the queue, and one of them dies wherever it is.
    const shared = [await startProcess(broker.pubsubUrl, queue), await startProcess(broker.pubsubUrl, queue)];
    await until(async () => (await channel.checkQueue(queue)).consumerCount === 2, START);
    for (let at = 0; at < 10; at += 1) {
      sent.push(...(await publish(number(`third-${at}`, 50))));
      if (at === 4) await shared[0]?.kill();
    }
    await until(async () => (await ready()) === 0 && (await redis.xlen(streams.bus)) >= sent.length);
    await until(async () => (await counts()).queued === sent.length);
    expect((await queued()).sort()).toEqual(sent.sort());
    const counted = await counts();
    expect(counted.duplicate).toBeGreaterThanOrEqual(PREFETCH);
    expect(Object.keys(counted).sort()).toEqual(['duplicate', 'queued', 'received']);
    // Only of the one that died wherever it was may something have been received that Redis has not got from it.
    expect(unaccounted(counted)).toBeLessThanOrEqual(PREFETCH);
    expect(shared[1]?.runs()).toBe(true);
  });

  /**
   * With the queue of no name that Hubs has at a public broker, which goes with the connection, and an archive of all
   * that was published; both can be cut off.
   */
  async function listenWithArchive() {
    const archive = await startArchive(published);
    const { hostname, port } = new URL(archive.url);
    const archiveGate = await openGate({ host: hostname, port: Number(port) });
    onTestFinished(async () => {
      await Promise.all([archive.close(), archiveGate.shut()]);
    });
    const overrides = {
      BUS_AMQP_URL: throughGate(),
      ARCHIVE_URL: archive.url.replace(port, String(archiveGate.port)),
    };
    const listener = await startListener(testContext({ databaseUrl, redisUrl: server.url, overrides }), pace);
    onTestFinished(() => listener.stop());
    const becomes = (isConnected: boolean) =>
      until(async () => (await listener.wrong()).join().includes('is not connected') !== isConnected);
    await becomes(true);
    return {
      archive,
      archiveGate,
      async cutOff() {
        await gate.shut();
        await becomes(false);
      },
      async connect() {
        await gate.open();
        await becomes(true);
      },
    };
  }
  const pace = { ...usualPace, tickMs: 20, joinMs: 100, lateMs: 100, overlapMs: 200, retryMs: 100 };
  const watermarkPasses = (ms: number) => until(async () => ((await ledger()).watermarkMs ?? 0) > ms);
  /** What triage and worker do with all that waits. @returns the messages' ids */
  async function acknowledge(): Promise<string[]> {
    const items = await redis.xrange(streams.bus, '-', '+');
    await redis.xdel(streams.bus, ...items.map(([id]) => id));
    return items.map(([, fields]) => fromFields(messageSchema, fields).id);
  }
  /** As `hubs ledger` has them. */
  async function gaps(): Promise<{ state: string; found: number }[]> {
    const env = { DATABASE_URL: databaseUrl, REDIS_URL: server.url };
    return JSON.parse((await callHubs(['ledger', '--json'], env)).out).gaps;
  }

  test('what its queue never got while it was cut off is read from the archive, live messages first', async () => {
    const { archive, cutOff, connect } = await listenWithArchive();
    await publish(['before']);
    await until(async () => (await queued()).includes('before'));
    await acknowledge();
    const beforeMs = Date.now();
    await watermarkPasses(beforeMs);

    const awayMs = Date.now();
    await cutOff();
    const missed = await publish(number('missed', 1_500));
    expect(archive.requests).toEqual([]);
    const backMs = Date.now();
    await connect();
    const connectedMs = Date.now();
    // Of what is old, only as much comes first as leaves what is live its room.
    await until(async () => (await redis.xlen(streams.bus)) >= 1_000);
    await publish(['live']);
    await until(async () => (await queued()).includes('live'));
    expect((await queued()).indexOf('live')).toBeLessThanOrEqual(1_100);
    const heard = await acknowledge();
    await until(async () => (await queued()).includes('missed-1499'));
    heard.push(...(await acknowledge()));
    await watermarkPasses(connectedMs);

    expect(heard.sort()).toEqual([...missed, 'live'].sort());
    // Asked for was the time without a connection and no other, to its end once more for what comes late.
    const askedFor = (name: string) => archive.requests.map((request) => Number(request.get(name)) * 1_000);
    const [startMs, endMs] = [Math.min(...askedFor('start')), Math.max(...askedFor('end'))];
    expect(startMs).toBeGreaterThan(beforeMs - pace.overlapMs);
    expect(startMs).toBeLessThanOrEqual(awayMs);
    expect(endMs).toBeGreaterThan(backMs);
    expect(endMs).toBeLessThanOrEqual(connectedMs + pace.joinMs);
    expect(await gaps()).toMatchObject([{ state: 'filled', found: missed.length }]);
    await until(async () => unaccounted(await counts()) === 0);
    expect((await counts()).queued).toBe(missed.length + 2);
  });

  test('an archive that is away, too, is caught up with when it is back; until then the gap stays open and the live go on', async () => {
    const { archive, archiveGate, cutOff, connect } = await listenWithArchive();
    await watermarkPasses(Date.now());
    await cutOff();
    await archiveGate.shut();
    const missed = await publish(number('missed', 20));
    await connect();
    await publish(['live']);
    await until(async () => (await queued()).includes('live'));
    const liveMs = Date.now();
    await until(async () => (await gaps())[0]?.state === 'open');
    expect(await queued()).toEqual(['live']);

    archive.faults.push(400); // nor does it come back without a fault
    await archiveGate.open();
    await until(async () => (await queued()).length > missed.length, { deadlineMs: 20_000 });
    expect(await acknowledge()).toEqual(['live', ...missed]);
    await watermarkPasses(liveMs);
    expect(await gaps()).toMatchObject([{ state: 'filled', found: missed.length, problem: null }]);
  });
});
