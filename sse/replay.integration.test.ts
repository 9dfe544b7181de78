// Who comes back hears what they missed.
import { Redis } from 'ioredis';
import { afterAll, afterEach, expect, test } from 'vitest';
import { epochKey, type Notice, streams, toFields } from '../bus/streams.ts';
import { startSession } from '../hubs/sessions.ts';
import { openStream, type TestStream } from '../testing/event-stream.ts';
import { openTestDatabase, startTestRedis, testContext, until } from '../testing/stores.ts';
import { startSse } from './server.ts';

const { url: databaseUrl, database } = await openTestDatabase();
const server = await startTestRedis();
const redis = new Redis(server.url, { maxRetriesPerRequest: null });
redis.on('error', () => undefined);
let number = 0;
const [open, other] = [await makeTeam('public'), await makeTeam('public')];
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

async function makeTeam(visibility: 'public' | 'preview' | 'private'): Promise<number> {
  const name = `team${++number}`;
  return (await database.hub.create({ data: { type: 'team', name, groupName: name, visibility } })).id;
}

async function start() {
  const context = testContext({ databaseUrl, redisUrl: server.url });
  const running = await startSse(context);
  closers.push(() => running.stop());
  await until(async () => (await running.wrong()).length === 0);
  return { ...running, context };
}
type Sse = Awaited<ReturnType<typeof start>>;

async function listen(
  sse: Sse,
  hubs: number[],
  { lastId, after, token }: { lastId?: string; after?: string; token?: string } = {},
): Promise<TestStream> {
  const query = [...hubs.map((hub) => `hub=${hub}`), ...(after === undefined ? [] : [`after=${after}`])];
  const stream = await openStream(`http://127.0.0.1:${sse.port}/sse?${query.join('&')}`, {
    ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
    ...(token ? { cookie: `hubs=${token}` } : {}),
  });
  closers.push(() => stream.destroy());
  return stream;
}

const notify = (notice: Notice) => redis.xadd(streams.notices, '*', ...toFields(notice));
const value = (hub: number, n: number): Notice => ({ hub, what: 'value', widgets: [n], audience: 'public' });
const news = (stream: TestStream) => stream.events().map(({ event }) => event);
const idOf = (stream: TestStream) => /^id: (.*)$/m.exec(stream.text())?.[1] ?? '';
const notices = (stream: TestStream) => stream.events().filter(({ event }) => event === 'notice');
/** The numbers of the values that were told of. */
const told = (stream: TestStream) =>
  notices(stream).flatMap(({ data }) => (data as { widgets?: number[] }).widgets ?? []);

/** Where who comes now begins. */
async function readPosition(sse: Sse): Promise<string> {
  const stream = await listen(sse, [open]);
  await until(() => idOf(stream));
  stream.destroy();
  return idOf(stream);
}

async function countReplays({ context }: Sse): Promise<Record<string, number>> {
  const { values } = (await context.metrics.getSingleMetric('hubs_sse_replays_total')?.get()) ?? {
    values: [],
  };
  return Object.fromEntries(values.map(({ labels, value }) => [String(labels.outcome), value]));
}

test('who comes back hears what they missed of their hubs, in order, and then what happens: by header or by address', async () => {
  const sse = await start();
  const lastId = await readPosition(sse);
  const witness = await listen(sse, [open, other]);
  await notify(value(open, 1));
  await notify(value(other, 2));
  const third = await notify(value(open, 3));
  await until(() => told(witness).length === 3);
  const ways = [
    await listen(sse, [open], { lastId }),
    await listen(sse, [open], { after: lastId }),
    await listen(sse, [open], { lastId, after: 'old.1-1' }), // the browser's own is newer than its page's
  ];
  await notify(value(open, 4));
  for (const stream of ways) {
    await until(() => told(stream).includes(4));
    expect(told(stream)).toEqual([1, 3, 4]);
    expect(news(stream)).toEqual(['notice', 'notice', 'position', 'notice']);
    expect(stream.events()[2]?.id).toBe(`${lastId.split('.')[0]}.${third}`);
    // Only once all was written is the browser somewhere else.
    expect(stream.text()).toMatch(/^: hello\nretry: 2000\n\nevent: notice\n/);
  }
  expect(await countReplays(sse)).toEqual({ replayed: 3, gap: 0 });
});

test('whenever they come, and to whichever process, none is lost and none comes twice', async () => {
  const [first, second] = [await start(), await start()];
  const count = 400;
  const position = await readPosition(first);
  const epoch = position.split('.')[0];
  const ids = [position];
  const comeBack = async (from: number, to: number) => {
    const ways = Array.from({ length: to - from }, async (_, index) => {
      const missed = from + index;
      const stream = await listen(index % 2 ? first : second, [open], { lastId: ids[missed] ?? '' });
      return { missed, stream };
    });
    return await Promise.all(ways);
  };
  const back = [];
  for (let n = 1; n <= count; n += 1) {
    ids.push(`${epoch}.${await notify(value(open, n))}`);
    // They ask for the rights while further ones come: some are to be replayed, some not.
    if (n % 100 === 50) back.push(comeBack(n - 50, n - 30));
  }
  for (const { missed, stream } of (await Promise.all(back)).flat()) {
    await until(() => told(stream).at(-1) === count);
    expect(told(stream)).toEqual(Array.from({ length: count - missed }, (_, index) => missed + index + 1));
    expect(news(stream)).not.toContain('gap');
  }
});

test('a process that has just started knows what was told before', async () => {
  const first = await start();
  const lastId = await readPosition(first);
  await first.stop();
  closers.splice(0);
  await notify(value(open, 1));
  const stream = await listen(await start(), [open], { lastId });
  await until(() => news(stream).includes('position'));
  expect(told(stream)).toEqual([1]);
});

test('what was trimmed is a gap, for those it may concern', async () => {
  const before = await readPosition(await start());
  await notify(value(open, 1));
  const kept = await notify(value(open, 2));
  await notify(value(open, 3));
  await redis.xtrim(streams.notices, 'MINID', kept ?? '');
  const sse = await start();
  const late = await listen(sse, [open], { lastId: before });
  const early = await listen(sse, [open], { lastId: `${before.split('.')[0]}.${kept}` });
  await until(() => news(late).length > 0 && news(early).includes('position'));
  expect(news(late)).toEqual(['gap']);
  expect(told(early)).toEqual([3]);
  expect(await countReplays(sse)).toEqual({ replayed: 1, gap: 1 });
});

test('what is trimmed before it was read is a gap for those who listen', async () => {
  const sse = await start();
  await notify(value(open, 1));
  const stream = await listen(sse, [open]);
  await redis
    .multi()
    .xtrim(streams.notices, 'MAXLEN', 0)
    .xadd(streams.notices, '*', ...toFields(value(open, 2)))
    .exec();
  await until(() => news(stream).includes('gap'));
  await notify(value(open, 3));
  await until(() => told(stream).includes(3));
});

test.each([
  ['of another epoch', () => 'another.1-1'],
  ['of the future', (position: string) => position.replace(/\d+-\d+$/, '99999999999999-0')],
  ['that is none', () => 'yesterday'],
])('an id %s is a gap, from which on all is heard', async (_, change) => {
  const sse = await start();
  const stream = await listen(sse, [open], { lastId: change(await readPosition(sse)) });
  await until(() => news(stream).includes('gap'));
  await notify(value(open, 1));
  await until(() => told(stream).length > 0);
  expect(news(stream)).toEqual(['gap', 'notice']);
});

test('what is no id in the address is refused, and why', async () => {
  const stream = await listen(await start(), [open], { after: 'yesterday' });
  await until(() => stream.isEnded());
  expect(stream.status).toBe(400);
  expect(JSON.parse(stream.text())).toEqual({
    error: {
      field: 'after',
      reason: 'is "yesterday", which is not the id of an event',
      remedy: 'give the id of the last event you heard, or leave it out',
    },
  });
});

test('who comes back while Redis is away is told so, and of the gap when it is back', async () => {
  const sse = await start();
  const lastId = await readPosition(sse);
  await server.kill();
  await until(async () => (await sse.wrong()).length > 0);
  const stream = await listen(sse, [open], { lastId });
  await until(() => news(stream).includes('away'));
  expect(stream.text()).not.toContain('\nid: '); // it may break once more, before the gap
  await server.start();
  await until(() => news(stream).includes('gap'));
  expect(news(stream)).toEqual(['away', 'gap']);
});

test('a Redis that was started again may have lost something, though it still has its epoch', async () => {
  const before = await readPosition(await start());
  const word = (await redis.get(epochKey)) ?? '';
  const items = await redis.xrange(streams.notices, '-', '+');
  await server.kill();
  await server.start();
  await redis.set(epochKey, word);
  for (const [id, fields] of items) await redis.xadd(streams.notices, id, ...fields);
  const stream = await listen(await start(), [open], { lastId: before });
  await until(() => news(stream).length > 0);
  expect(news(stream)).toEqual(['gap']);
});

test('they hear what they may hear now, whatever they might when it was told', async () => {
  const [preview, hidden] = [await makeTeam('preview'), await makeTeam('private')];
  const { person, token } = await signIn();
  await database.role.createMany({
    data: [preview, hidden].map((hubId) => ({ hubId, personId: person, name: 'member', source: 'hubs' })),
  });
  const sse = await start();
  const lastId = await readPosition(sse);
  for (const audience of ['members', 'owners', 'person'] as const) {
    await notify({ hub: preview, what: 'entry', audience });
    await notify({ hub: hidden, what: 'entry', audience });
  }
  const last = await notify(value(open, 1));
  await until(async () => (await readPosition(sse)).endsWith(String(last)));
  const hear = async (hubs: number[], secret?: string) => {
    const stream = await listen(sse, [...hubs, open], { lastId, ...(secret ? { token: secret } : {}) });
    if (stream.status !== 200) return stream.status;
    await until(() => news(stream).includes('position'));
    return notices(stream).map(({ data }) => (data as { hub: number }).hub);
  };
  expect(await hear([preview, hidden], token)).toEqual([preview, hidden, open]);
  expect(await hear([preview])).toEqual([open]);
  expect(await hear([hidden])).toBe(404);
  await database.role.deleteMany({ where: { personId: person } });
  expect(await hear([preview], token)).toEqual([open]);
  expect(await hear([preview, hidden], token)).toBe(404);
});

async function signIn(): Promise<{ person: number; token: string }> {
  const { id } = await database.person.create({ data: { username: `person${++number}` } });
  const token = await startSession(database, { personId: id, issuer: 'x', siteAdmin: false, userAgent: '' });
  return { person: id, token };
}
