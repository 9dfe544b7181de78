// A listener at a broker that dies, or is cut off from it: what the broker kept comes again, what it did not keep is
// read from the archive, and nothing is there twice.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import amqp, { type ConfirmChannel } from 'amqplib';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { streams } from '../bus/streams.ts';
import { unaccounted } from '../ledger/read-ledger.ts';
import { type Child, startChild } from '../local/child.ts';
import { makeRow } from '../testing/archive.ts';
import { type Gate, openGate } from '../testing/gate.ts';
import { type ListenerStage, openListenerStage, quickPace } from '../testing/listener-stage.ts';
import { startRabbitmq, type TestRabbitmq } from '../testing/rabbitmq.ts';
import { callHubs } from '../testing/run-hubs.ts';
import { skipUnless } from '../testing/skips.ts';
import { makeFolder, until } from '../testing/stores.ts';

/** A process starts slowly on a busy machine. */
const START = { deadlineMs: 60_000 };
const EXCHANGE = 'amq.topic';
const PREFETCH = 10;

skipUnless('rabbitmq')('a listener at a broker', () => {
  let broker: TestRabbitmq;
  let channel: ConfirmChannel;
  let stage: ListenerStage;
  /** In front of the broker. */
  let gate: Gate;

  beforeAll(async () => {
    broker = await startRabbitmq(makeFolder('rabbitmq'));
    const connection = await amqp.connect(broker.pubsubUrl);
    connection.on('error', () => undefined); // the broker is stopped in the end
    channel = await connection.createConfirmChannel();
  }, 150_000);
  afterAll(() => broker?.stop());

  beforeEach(async () => {
    const { port } = new URL(broker.url);
    [stage, gate] = await Promise.all([
      openListenerStage(),
      openGate({ host: '127.0.0.1', port: Number(port) }),
    ]);
  });
  afterEach(async () => {
    await stage.close();
    await gate.shut();
  });

  const throughGate = () => broker.pubsubUrl.replace(/:\d+\//, `:${gate.port}/`);
  /** The archive has them at once. @returns the ids, in order */
  async function publish(ids: string[]): Promise<string[]> {
    for (const id of ids) {
      const row = makeRow(id, Date.now());
      stage.archive.rows.push(row);
      const { topic, headers, body } = row;
      const properties = { messageId: id, persistent: true, contentType: 'application/json', headers };
      channel.publish(EXCHANGE, topic, Buffer.from(JSON.stringify(body)), properties);
    }
    await channel.waitForConfirms();
    return ids;
  }
  const number = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name}-${at}`);
  async function startProcess(url: string, queue: string): Promise<Child> {
    const env = {
      ...{ PATH: process.env.PATH, NODE_ENV: 'test' as const, HEALTH_PORT: '0', BEAT_MS: '100' },
      ...{ DATABASE_URL: stage.databaseUrl, REDIS_URL: stage.server.url },
      ...{ BUS_AMQP_URL: url, BUS_AMQP_QUEUE: queue, BUS_AMQP_PREFETCH: String(PREFETCH) },
    };
    const command = { file: process.execPath, args: [join(import.meta.dirname, 'main.ts')], env };
    const child = await startChild(command, join(makeFolder('listener'), 'log'));
    stage.onClose(() => child.kill());
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
    await until(async () => (await stage.queued()).length === sent.length, START);
    await until(async () => (await stage.counts()).queued === sent.length);
    gate.mute();
    sent.push(...(await publish(number('second', 50))));
    await until(async () => (await stage.queued()).length === 50 + PREFETCH);
    expect(await ready()).toBe(50 - PREFETCH);
    await unheard.kill();
    await until(async () => (await ready()) === 50);

    // Redis takes nothing: what it had in memory comes again.
    await stage.redis.call('CLIENT', 'PAUSE', '60000', 'WRITE');
    const full = await startProcess(broker.pubsubUrl, queue);
    await until(async () => (await ready()) === 50 - PREFETCH, START);
    await full.kill();
    await until(async () => (await ready()) === 50);
    await stage.redis.call('CLIENT', 'UNPAUSE');
    expect(await stage.queued()).toHaveLength(50 + PREFETCH);

    // Two share the queue, and one of them dies wherever it is.
    const shared = [await startProcess(broker.pubsubUrl, queue), await startProcess(broker.pubsubUrl, queue)];
    await until(async () => (await channel.checkQueue(queue)).consumerCount === 2, START);
    for (let at = 0; at < 10; at += 1) {
      sent.push(...(await publish(number(`third-${at}`, 50))));
      if (at === 4) await shared[0]?.kill();
    }
    await until(async () => (await ready()) === 0 && (await stage.redis.xlen(streams.bus)) >= sent.length);
    await until(async () => (await stage.counts()).queued === sent.length);
    expect((await stage.queued()).sort()).toEqual(sent.sort());
    const counted = await stage.counts();
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
  async function listenWithArchive(url = throughGate()) {
    const { archive } = stage;
    const { hostname, port } = new URL(archive.url);
    const archiveGate = await openGate({ host: hostname, port: Number(port) });
    stage.onClose(() => archiveGate.shut());
    const listener = await stage.listen(
      { BUS_AMQP_URL: url, ARCHIVE_URL: archive.url.replace(port, String(archiveGate.port)) },
      pace,
    );
    const becomes = (isConnected: boolean) =>
      until(async () => (await listener.wrong()).join().includes('is not connected') !== isConnected);
    await becomes(true);
    return {
      archive,
      archiveGate,
      becomes,
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
  /** The archive is asked when the broker is back, not before. */
  const pace = { ...quickPace, pollMs: 60_000, joinMs: 100, overlapMs: 200 };
  /** As `hubs ledger` has them. */
  async function gaps(): Promise<{ state: string; found: number }[]> {
    const env = { DATABASE_URL: stage.databaseUrl, REDIS_URL: stage.server.url };
    return JSON.parse((await callHubs(['ledger', '--json'], env)).out).gaps;
  }

  test('what its queue never got while it was cut off is read from the archive, live messages first', async () => {
    const { archive, cutOff, connect } = await listenWithArchive();
    await publish(['before']);
    await until(async () => (await stage.queued()).includes('before'));
    await stage.acknowledge();
    const beforeMs = Date.now();
    await stage.watermarkPasses(beforeMs);

    const awayMs = Date.now();
    await cutOff();
    const missed = await publish(number('missed', 1_500));
    expect(archive.requests).toEqual([]);
    const backMs = Date.now();
    await connect();
    const connectedMs = Date.now();
    // Of what is old, only as much comes first as leaves what is live its room.
    await until(async () => (await stage.redis.xlen(streams.bus)) >= 1_000);
    await publish(['live']);
    await until(async () => (await stage.queued()).includes('live'));
    expect((await stage.queued()).indexOf('live')).toBeLessThanOrEqual(1_100);
    const heard = await stage.acknowledge();
    await until(async () => (await stage.queued()).includes('missed-1499'));
    heard.push(...(await stage.acknowledge()));
    await stage.watermarkPasses(connectedMs);

    expect(heard.sort()).toEqual([...missed, 'live'].sort());
    // Asked for was the time without a connection and no other, to its end once more for what comes late.
    const askedFor = (name: string) => archive.requests.map((request) => Number(request.get(name)) * 1_000);
    const [startMs, endMs] = [Math.min(...askedFor('start')), Math.max(...askedFor('end'))];
    expect(startMs).toBeGreaterThan(beforeMs - pace.overlapMs);
    expect(startMs).toBeLessThanOrEqual(awayMs);
    expect(endMs).toBeGreaterThan(backMs);
    expect(endMs).toBeLessThanOrEqual(connectedMs + pace.joinMs);
    expect(await gaps()).toMatchObject([{ state: 'filled', found: missed.length }]);
    await until(async () => unaccounted(await stage.counts()) === 0);
    expect((await stage.counts()).queued).toBe(missed.length + 2);
  });

  test('a connection that falls silent is given up, and what went missing in it is read from the archive', async () => {
    const { becomes } = await listenWithArchive(`${throughGate()}?heartbeat=1`);
    await stage.watermarkPasses(Date.now());
    gate.stall(0);
    gate.mute();
    const missed = await publish(number('missed', 20));
    await becomes(false);
    gate.flow();
    await becomes(true);
    const connectedMs = Date.now();
    await until(async () => (await stage.queued()).length === missed.length);
    expect(await stage.acknowledge()).toEqual(missed);
    await stage.watermarkPasses(connectedMs);
    expect(await gaps()).toMatchObject([{ state: 'filled', found: missed.length }]);
  });

  test('an archive that is away, too, is caught up with when it is back; until then the gap stays open and the live go on', async () => {
    const { archive, archiveGate, cutOff, connect } = await listenWithArchive();
    await stage.watermarkPasses(Date.now());
    await cutOff();
    await archiveGate.shut();
    const missed = await publish(number('missed', 20));
    await connect();
    await publish(['live']);
    await until(async () => (await stage.queued()).includes('live'));
    const liveMs = Date.now();
    await until(async () => (await gaps())[0]?.state === 'open');
    expect(await stage.queued()).toEqual(['live']);

    archive.faults.push(400); // nor does it come back without a fault
    await archiveGate.open();
    await until(async () => (await stage.queued()).length > missed.length);
    expect(await stage.acknowledge()).toEqual(['live', ...missed]);
    await stage.watermarkPasses(liveMs);
    expect(await gaps()).toMatchObject([{ state: 'filled', found: missed.length, problem: null }]);
  });
});
