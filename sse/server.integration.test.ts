import { connect } from 'node:net';
import { Redis } from 'ioredis';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { epochKey, type Notice, streams, toFields } from '../bus/streams.ts';
import { whichAreWatched } from '../bus/watched.ts';
import { type Database, openDatabase, openPool } from '../prisma/client.ts';
import type { Context } from '../runtime/process.ts';
import type { Settings } from '../settings/settings.ts';
import { openStream, type TestStream } from '../testing/event-stream.ts';
import { createDatabase, startTestRedis, type TestRedis, testContext, until } from '../testing/stores.ts';
import { startSse } from './server.ts';

let databaseUrl: string;
let hubs: { open: number; other: number; preview: number; hidden: number; stream: number };
let server: TestRedis;
let redis: Redis;
let closers: (() => unknown)[];

beforeAll(async () => {
  databaseUrl = await createDatabase();
  const pool = openPool(databaseUrl);
  const database = openDatabase(pool);
  hubs = {
    open: await makeHub(database, 'team', 'open', 'public'),
    other: await makeHub(database, 'user', 'other', 'public'),
    preview: await makeHub(database, 'team', 'preview', 'preview'),
    hidden: await makeHub(database, 'team', 'hidden', 'private'),
    stream: await makeHub(database, 'stream', 'other', 'private'),
  };
  await pool.end();
});

beforeEach(async () => {
  server = await startTestRedis();
  redis = new Redis(server.url, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  closers = [() => server.stop(), () => redis.disconnect()];
});

afterEach(async () => {
  for (const close of closers.reverse()) await close();
});

async function makeHub(
  database: Database,
  type: 'user' | 'team' | 'stream',
  name: string,
  visibility: 'public' | 'preview' | 'private',
): Promise<number> {
  return (await database.hub.create({ data: { type, name, visibility, groupName: `${type}-${name}` } })).id;
}

async function start(overrides: Partial<Settings> = {}, clientsLimit?: number) {
  const context = testContext({ databaseUrl, redisUrl: server.url, overrides });
  const running = await startSse(context, clientsLimit);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= running.stop();
    return stopping;
  };
  closers.push(stop);
  return {
    ...running,
    stop,
    context,
    url: (query: string) => `http://127.0.0.1:${running.port}/sse?${query}`,
  };
}
type Sse = Awaited<ReturnType<typeof start>>;

async function listenTo(sse: Sse, ...ids: number[]): Promise<TestStream> {
  const stream = await openStream(sse.url(ids.map((id) => `hub=${id}`).join('&')));
  closers.push(() => stream.destroy());
  expect(stream.status).toBe(200);
  await until(() => stream.text().includes('\n\n'));
  return stream;
}

/** The epoch of events: Redis' own, and its run. */
async function readEpoch(): Promise<string> {
  const [, run] = /^run_id:(\w{8})/m.exec(await redis.info('server')) ?? [];
  return `${await redis.get(epochKey)}-${run}`;
}

const notify = (notice: Notice) => redis.xadd(streams.notices, '*', ...toFields(notice));
const entry = (hub: number): Notice => ({ hub, what: 'entry', audience: 'public' });
const notices = (stream: TestStream) => stream.events().filter(({ event }) => event === 'notice');
const gaps = (stream: TestStream) => stream.events().filter(({ event }) => event === 'gap');
const news = (stream: TestStream) => stream.events().map(({ event }) => event);

async function gauge({ context }: { context: Context }, name: string): Promise<number | undefined> {
  return (await context.metrics.getSingleMetric(name)?.get())?.values[0]?.value;
}
const isForgotten = async (sse: Sse) =>
  (await gauge(sse, 'hubs_sse_connections')) === 0 && (await gauge(sse, 'hubs_sse_hubs')) === 0;

test('a notice reaches those who listen to its hub, as ids of what changed and nothing else', async () => {
  const sse = await start();
  const first = await listenTo(sse, hubs.open);
  const second = await listenTo(sse, hubs.open, hubs.other);
  const elsewhere = await listenTo(sse, hubs.other);
  const id = await notify({ hub: hubs.open, what: 'value', widgets: [7, 8], audience: 'public' });
  await notify(entry(hubs.other));
  await until(() => notices(elsewhere).length === 1 && notices(second).length === 2);
  const epoch = await readEpoch();
  expect(notices(first)).toEqual([
    { event: 'notice', id: `${epoch}.${id}`, data: { hub: hubs.open, what: 'value', widgets: [7, 8] } },
  ]);
  expect(notices(elsewhere).map(({ data }) => data)).toEqual([{ hub: hubs.other, what: 'entry' }]);
  expect(await gauge(sse, 'hubs_sse_notices_sent_total')).toBe(4);
});

test('headers keep proxies from holding the stream back; the first bytes say where it starts', async () => {
  const id = await notify(entry(hubs.open));
  const sse = await start();
  await until(async () => (await sse.wrong()).length === 0);
  await until(() => redis.get(epochKey));
  const stream = await listenTo(sse, hubs.open);
  expect(stream.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  expect(stream.text()).toBe(`: hello\nretry: 2000\nid: ${await readEpoch()}.${id}\n\n`);
});

test('what is not for everybody is not sent to visitors', async () => {
  const sse = await start();
  const stream = await listenTo(sse, hubs.open, hubs.preview);
  for (const audience of ['members', 'owners', 'person'] as const)
    await notify({ hub: hubs.preview, what: 'entry', audience });
  await notify(entry(hubs.open));
  await until(() => notices(stream).length > 0);
  expect(notices(stream).map(({ data }) => data)).toEqual([{ hub: hubs.open, what: 'entry' }]);
});

test.each([
  ['an unknown hub', 404, () => 'hub=999999'],
  ['a private hub', 404, () => `hub=${hubs.hidden}`],
  ['a private hub among others', 404, () => `hub=${hubs.open}&hub=${hubs.hidden}`],
  ["somebody's stream", 404, () => `hub=${hubs.stream}`],
  ['no number', 400, () => 'hub=design'],
  ['no hub', 400, () => ''],
])('refuses %s with %i and says why', async (_, status, query) => {
  const sse = await start();
  const stream = await openStream(sse.url(query()));
  await until(() => stream.isEnded());
  expect(stream.status).toBe(status);
  expect(JSON.parse(stream.text())).toEqual({
    error: { field: 'hub', reason: expect.stringMatching(/./), remedy: expect.stringMatching(/./) },
  });
  expect(await isForgotten(sse)).toBe(true);
});

test('a private hub is refused as one that does not exist', async () => {
  const sse = await start();
  const texts = [];
  for (const id of [hubs.hidden, 999999]) {
    const stream = await openStream(sse.url(`hub=${id}`));
    await until(() => stream.isEnded());
    texts.push(stream.text().replace(String(id), 'ID'));
  }
  expect(texts[0]).toBe(texts[1]);
});

test('only GET, and only /sse', async () => {
  const sse = await start();
  const posted = await fetch(sse.url(`hub=${hubs.open}`), { method: 'POST' });
  expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET']);
  expect((await fetch(sse.url('').replace('/sse', '/other'))).status).toBe(404);
});

test('a ping comes in every interval and moves the position on', async () => {
  const sse = await start({ SSE_PING_MS: 50 });
  const stream = await listenTo(sse, hubs.open);
  const id = await notify(entry(hubs.other));
  const position = `${await readEpoch()}.${id}`;
  await until(() => stream.text().includes(`: ping\nid: ${position}\n`));
  await until(() => stream.text().split(': ping').length > 3);
  // Pages hear it, too: who opens a stream anew has to say where it was.
  expect(new Set(news(stream))).toEqual(new Set(['position']));
  expect(stream.events().at(-1)?.id).toBe(position);
});

test('a client that goes away is forgotten, and those who stay are served', async () => {
  const sse = await start();
  const goes = await listenTo(sse, hubs.open, hubs.other);
  const stays = await listenTo(sse, hubs.open);
  expect(await gauge(sse, 'hubs_sse_connections')).toBe(2);
  expect(await gauge(sse, 'hubs_sse_hubs')).toBe(2);
  goes.destroy();
  await until(async () => (await gauge(sse, 'hubs_sse_connections')) === 1);
  expect(await gauge(sse, 'hubs_sse_hubs')).toBe(1);
  await notify(entry(hubs.open));
  await until(() => notices(stays).length === 1);
  stays.destroy();
  await until(() => isForgotten(sse));
});

test.each(['end', 'resetAndDestroy'] as const)(
  'a client whose socket goes by %s is forgotten',
  async (way) => {
    const sse = await start();
    const socket = connect(sse.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`GET /sse?hub=${hubs.open} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await until(async () => (await gauge(sse, 'hubs_sse_connections')) === 1);
    socket[way]();
    await until(() => isForgotten(sse));
  },
);

test('a client that does not read is cut; one that reads hears everything', async () => {
  const sse = await start();
  const reads = await listenTo(sse, hubs.open);
  const socket = connect(sse.port, '127.0.0.1').pause();
  closers.push(() => socket.destroy());
  socket.on('error', () => undefined);
  socket.write(`GET /sse?hub=${hubs.open} HTTP/1.1\r\nHost: x\r\n\r\n`);
  await until(async () => (await gauge(sse, 'hubs_sse_connections')) === 2);
  // 160 kB each: in all more than the kernel keeps for a reader who does not read.
  const widgets = Array.from({ length: 20_000 }, (_, index) => 1_000_000 + index);
  const count = 100;
  for (let sent = 1; sent <= count; sent += 1) {
    await notify({ hub: hubs.open, what: 'value', widgets: [...widgets, sent], audience: 'public' });
    await until(() => reads.text().length > sent * 160_000, { everyMs: 1 });
  }
  await until(async () => (await gauge(sse, 'hubs_sse_slow_clients_cut_total')) === 1);
  expect(notices(reads)).toHaveLength(count);
  expect(await gauge(sse, 'hubs_sse_connections')).toBe(1);
  reads.destroy();
  await until(() => isForgotten(sse));
});

test('a burst is told once per batch, up to its end, and cuts nobody who reads', async () => {
  const sse = await start();
  const stream = await listenTo(sse, hubs.open);
  const burst = redis.pipeline();
  for (let i = 0; i < 5_000; i += 1) burst.xadd(streams.notices, '*', ...toFields(entry(hubs.open)));
  const lastId = (await burst.exec())?.at(-1)?.[1];
  const position = `${await readEpoch()}.${lastId}`;
  await until(() => notices(stream).at(-1)?.id === position);
  expect(notices(stream).length).toBeLessThan(5_000);
  expect(await gauge(sse, 'hubs_sse_slow_clients_cut_total')).toBe(0);
});

test('open streams are told when Redis is away, and of the gap when it is back, and go on', async () => {
  const sse = await start();
  const stream = await listenTo(sse, hubs.open);
  const before = await readEpoch();
  await server.kill();
  await until(() => news(stream).includes('away'));
  expect((await sse.wrong()).join()).toContain("Redis can't be reached");
  await server.start();
  await until(() => gaps(stream).length === 1);
  expect(news(stream)).toEqual(['away', 'gap']);
  await until(async () => (await sse.wrong()).length === 0);
  const after = await readEpoch();
  expect(after).not.toBe(before);
  const id = await notify(entry(hubs.open));
  await until(() => notices(stream).length === 1);
  expect(notices(stream)[0]?.id).toBe(`${after}.${id}`);
  expect(stream.isEnded()).toBe(false);
});

test('an emptied Redis is a gap too, and the new epoch has one name for all servers', async () => {
  const sse = await start();
  const peer = await start();
  const streamsOpen = [await listenTo(sse, hubs.open), await listenTo(peer, hubs.open)];
  await redis.flushall();
  await notify(entry(hubs.open));
  await until(() => streamsOpen.every((stream) => gaps(stream).length === 1));
  const epoch = await readEpoch();
  for (const stream of streamsOpen) expect(gaps(stream)[0]?.id.split('.')[0]).toBe(epoch);
});

test('Redis knows whose pages are open, not what else they hear; it knows again after it was away, and forgets', async () => {
  const sse = await start({ SSE_PING_MS: 100 });
  const all = Object.values(hubs);
  const watched = async () => [...(await whichAreWatched(redis, all))];
  const stream = await listenTo(sse, hubs.open, hubs.other);
  await until(async () => (await watched()).length === 1);
  expect(await watched()).toEqual([hubs.open]);
  await server.kill();
  await server.start();
  await until(async () => (await watched()).includes(hubs.open));
  stream.destroy();
  await until(async () => (await watched()).length === 0);
});

test('a notice that can not be read is skipped', async () => {
  const sse = await start();
  const stream = await listenTo(sse, hubs.open);
  await redis.xadd(streams.notices, '*', 'f', '1', 'd', '{"hub":');
  await redis.xadd(streams.notices, '*', 'f', '999', 'd', '{}');
  await notify(entry(hubs.open));
  await until(() => notices(stream).length === 1);
});

test('it starts before Redis does', async () => {
  await server.stop();
  const sse = await start();
  const stream = await listenTo(sse, hubs.open);
  expect(stream.text()).toBe(': hello\nretry: 2000\n\nevent: away\ndata: {}\n\n');
  await server.start();
  await until(() => gaps(stream).length === 1);
  await notify(entry(hubs.open));
  await until(() => notices(stream).length === 1);
});

test('above its limit it refuses with 503 and when to come again', async () => {
  const sse = await start({}, 1);
  const first = await listenTo(sse, hubs.open);
  const second = await openStream(sse.url(`hub=${hubs.open}`));
  expect([second.status, second.headers['retry-after']]).toEqual([503, '60']);
  first.destroy();
  await until(() => isForgotten(sse));
  await listenTo(sse, hubs.open);
});

test('without its database it refuses with 503, and readiness says so', async () => {
  const gone = databaseUrl.replace(/\/[^/]*$/, '/no_such_database');
  const context = testContext({ databaseUrl: gone, redisUrl: server.url });
  const sse = await startSse(context);
  closers.push(() => sse.stop());
  const stream = await openStream(`http://127.0.0.1:${sse.port}/sse?hub=1`);
  expect(stream.status).toBe(503);
  expect((await sse.wrong()).join()).toContain("PostgreSQL can't be reached (DATABASE_URL)");
});

test('a stop ends open streams', async () => {
  const sse = await start();
  const open = await Promise.all(Array.from({ length: 20 }, () => listenTo(sse, hubs.open)));
  await sse.stop();
  await until(() => open.every((stream) => stream.isEnded()));
  expect(await isForgotten(sse)).toBe(true);
});
