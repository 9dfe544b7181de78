// What open streams are told, and for how long.
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { epochKey, streams, toFields } from '../bus/streams.ts';
import { whichAreWatched } from '../bus/watched.ts';
import type { TestStream } from '../testing/event-stream.ts';
import {
  entry,
  gauge,
  isForgotten,
  makeHubs,
  notices,
  openSseStage,
  type SseStage,
} from '../testing/sse-stage.ts';
import { createDatabase, until } from '../testing/stores.ts';

const databaseUrl = await createDatabase();
const hubs = await makeHubs(databaseUrl);
let stage: SseStage;
beforeEach(async () => {
  stage = await openSseStage(databaseUrl);
});
afterEach(() => stage.close());

const gaps = (stream: TestStream) => stream.events().filter(({ event }) => event === 'gap');
const news = (stream: TestStream) => stream.events().map(({ event }) => event);

test('a notice reaches those who listen to its hub, as ids of what changed and nothing else', async () => {
  const sse = await stage.start();
  const first = await stage.listenTo(sse, hubs.open);
  const second = await stage.listenTo(sse, hubs.open, hubs.other);
  const elsewhere = await stage.listenTo(sse, hubs.other);
  const id = await stage.notify({ hub: hubs.open, what: 'value', widgets: [7, 8], audience: 'public' });
  await stage.notify(entry(hubs.other));
  await until(() => notices(elsewhere).length === 1 && notices(second).length === 2);
  const epoch = await stage.readEpoch();
  expect(notices(first)).toEqual([
    { event: 'notice', id: `${epoch}.${id}`, data: { hub: hubs.open, what: 'value', widgets: [7, 8] } },
  ]);
  expect(notices(elsewhere).map(({ data }) => data)).toEqual([{ hub: hubs.other, what: 'entry' }]);
  expect(await gauge(sse, 'hubs_sse_notices_sent_total')).toBe(4);
});

test('headers keep proxies from holding the stream back; the first bytes say where it starts', async () => {
  const id = await stage.notify(entry(hubs.open));
  const sse = await stage.start();
  await until(async () => (await sse.wrong()).length === 0);
  await until(() => stage.redis.get(epochKey));
  const stream = await stage.listenTo(sse, hubs.open);
  expect(stream.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  expect(stream.text()).toBe(`: hello\nretry: 2000\nid: ${await stage.readEpoch()}.${id}\n\n`);
});

test('a ping comes in every interval and moves the position on', async () => {
  const sse = await stage.start({ SSE_PING_MS: 50 });
  const stream = await stage.listenTo(sse, hubs.open);
  const id = await stage.notify(entry(hubs.other));
  const position = `${await stage.readEpoch()}.${id}`;
  await until(() => stream.text().includes(`: ping\nid: ${position}\n`));
  await until(() => stream.text().split(': ping').length > 3);
  // Pages hear it, too: who opens a stream anew has to say where it was.
  expect(new Set(news(stream))).toEqual(new Set(['position']));
  expect(stream.events().at(-1)?.id).toBe(position);
});

test('a client that goes away is forgotten, and those who stay are served', async () => {
  const sse = await stage.start();
  const goes = await stage.listenTo(sse, hubs.open, hubs.other);
  const stays = await stage.listenTo(sse, hubs.open);
  expect(await gauge(sse, 'hubs_sse_connections')).toBe(2);
  expect(await gauge(sse, 'hubs_sse_hubs')).toBe(2);
  goes.destroy();
  await until(async () => (await gauge(sse, 'hubs_sse_connections')) === 1);
  expect(await gauge(sse, 'hubs_sse_hubs')).toBe(1);
  await stage.notify(entry(hubs.open));
  await until(() => notices(stays).length === 1);
  stays.destroy();
  await until(() => isForgotten(sse));
});

test.each(['end', 'resetAndDestroy'] as const)(
  'a client whose socket goes by %s is forgotten',
  async (way) => {
    const sse = await stage.start();
    const socket = connect(sse.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`GET /sse?hub=${hubs.open} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await until(async () => (await gauge(sse, 'hubs_sse_connections')) === 1);
    socket[way]();
    await until(() => isForgotten(sse));
  },
);

test('a client that does not read is cut; one that reads hears everything', async () => {
  const sse = await stage.start();
  const reads = await stage.listenTo(sse, hubs.open);
  const socket = connect(sse.port, '127.0.0.1').pause();
  stage.onClose(() => socket.destroy());
  socket.on('error', () => undefined);
  socket.write(`GET /sse?hub=${hubs.open} HTTP/1.1\r\nHost: x\r\n\r\n`);
  await until(async () => (await gauge(sse, 'hubs_sse_connections')) === 2);
  // 160 kB each: in all more than the kernel keeps for a reader who does not read.
  const widgets = Array.from({ length: 20_000 }, (_, index) => 1_000_000 + index);
  const count = 100;
  for (let sent = 1; sent <= count; sent += 1) {
    await stage.notify({ hub: hubs.open, what: 'value', widgets: [...widgets, sent], audience: 'public' });
    await until(() => reads.text().length > sent * 160_000, { everyMs: 1 });
  }
  await until(async () => (await gauge(sse, 'hubs_sse_slow_clients_cut_total')) === 1);
  expect(notices(reads)).toHaveLength(count);
  expect(await gauge(sse, 'hubs_sse_connections')).toBe(1);
  reads.destroy();
  await until(() => isForgotten(sse));
});

test('a burst is told once per batch, up to its end, and cuts nobody who reads', async () => {
  const sse = await stage.start();
  const stream = await stage.listenTo(sse, hubs.open);
  const burst = stage.redis.pipeline();
  for (let i = 0; i < 5_000; i += 1) burst.xadd(streams.notices, '*', ...toFields(entry(hubs.open)));
  const lastId = (await burst.exec())?.at(-1)?.[1];
  const position = `${await stage.readEpoch()}.${lastId}`;
  await until(() => notices(stream).at(-1)?.id === position);
  expect(notices(stream).length).toBeLessThan(5_000);
  expect(await gauge(sse, 'hubs_sse_slow_clients_cut_total')).toBe(0);
});

test('open streams are told when Redis is away, and of the gap when it is back, and go on', async () => {
  const sse = await stage.start();
  const stream = await stage.listenTo(sse, hubs.open);
  const before = await stage.readEpoch();
  await stage.server.kill();
  await until(() => news(stream).includes('away'));
  expect((await sse.wrong()).join()).toContain("Redis can't be reached");
  await stage.server.start();
  await until(() => gaps(stream).length === 1);
  expect(news(stream)).toEqual(['away', 'gap']);
  await until(async () => (await sse.wrong()).length === 0);
  const after = await stage.readEpoch();
  expect(after).not.toBe(before);
  const id = await stage.notify(entry(hubs.open));
  await until(() => notices(stream).length === 1);
  expect(notices(stream)[0]?.id).toBe(`${after}.${id}`);
  expect(stream.isEnded()).toBe(false);
});

test('an emptied Redis is a gap too, and the new epoch has one name for all servers', async () => {
  const sse = await stage.start();
  const peer = await stage.start();
  const streamsOpen = [await stage.listenTo(sse, hubs.open), await stage.listenTo(peer, hubs.open)];
  await stage.redis.flushall();
  await stage.notify(entry(hubs.open));
  await until(() => streamsOpen.every((stream) => gaps(stream).length === 1));
  const epoch = await stage.readEpoch();
  for (const stream of streamsOpen) expect(gaps(stream)[0]?.id.split('.')[0]).toBe(epoch);
});

test('Redis knows whose pages are open, not what else they hear; it knows again after it was away, and forgets', async () => {
  const sse = await stage.start({ SSE_PING_MS: 100 });
  const all = Object.values(hubs);
  const watched = async () => [...(await whichAreWatched(stage.redis, all))];
  const stream = await stage.listenTo(sse, hubs.open, hubs.other);
  await until(async () => (await watched()).length === 1);
  expect(await watched()).toEqual([hubs.open]);
  await stage.server.kill();
  await stage.server.start();
  await until(async () => (await watched()).includes(hubs.open));
  stream.destroy();
  await until(async () => (await watched()).length === 0);
});

test('a notice that can not be read is skipped', async () => {
  const sse = await stage.start();
  const stream = await stage.listenTo(sse, hubs.open);
  await stage.redis.xadd(streams.notices, '*', 'f', '1', 'd', '{"hub":');
  await stage.redis.xadd(streams.notices, '*', 'f', '999', 'd', '{}');
  await stage.notify(entry(hubs.open));
  await until(() => notices(stream).length === 1);
});

test('it starts before Redis does', async () => {
  await stage.server.stop();
  const sse = await stage.start();
  const stream = await stage.listenTo(sse, hubs.open);
  expect(stream.text()).toBe(': hello\nretry: 2000\n\nevent: away\ndata: {}\n\n');
  await stage.server.start();
  await until(() => gaps(stream).length === 1);
  await stage.notify(entry(hubs.open));
  await until(() => notices(stream).length === 1);
});

test('a stop ends open streams', async () => {
  const sse = await stage.start();
  const open = await Promise.all(Array.from({ length: 20 }, () => stage.listenTo(sse, hubs.open)));
  await sse.stop();
  await until(() => open.every((stream) => stream.isEnded()));
  expect(await isForgotten(sse)).toBe(true);
});
