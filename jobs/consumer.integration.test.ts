import type { ChainableCommander } from 'ioredis';
import { afterEach, expect, test } from 'vitest';
import { connectRedis, streams, toFields, UnreadableItem } from '../bus/streams.ts';
import type { Running } from '../runtime/process.ts';
import { startTestRedis, testContext, until } from '../testing/stores.ts';
import { beatKey } from './beat.ts';
import { type Item, startConsumer } from './consumer.ts';
import { buryItem, dropDead, findDead, readDead, retryDead } from './dead-items.ts';
import { openTakeOver } from './take-over.ts';

const redisServer = await startTestRedis();
const redis = connectRedis(redisServer.url);
const running: Running[] = [];
let streamNumber = 0;

afterEach(async () => {
  await Promise.all(running.splice(0).map((consumer) => consumer.stop()));
});

const context = () => testContext({ databaseUrl: 'postgresql://unused/hubs', redisUrl: redisServer.url });
const newStream = () => `test:${++streamNumber}`;
const wordOf = (item: Item) => JSON.parse(item.fields[item.fields.indexOf('d') + 1] ?? '') as string;

async function start(stream: string, handle: (items: Item[], then: ChainableCommander) => Promise<void>) {
  const consumer = await startConsumer(context(), { stream, group: 'g', batch: 10, handle });
  running.push(consumer);
  return consumer;
}

const fill = async (stream: string, words: string[]) => {
  for (const word of words) await redis.xadd(stream, '*', ...toFields(word));
};
const isEmpty = async (stream: string) => (await redis.xlen(stream)) === 0;
const deadReasons = async (stream: string) => {
  const dead = (await redis.xrange(streams.dead, '-', '+')).map(([, fields]) => fields);
  return dead.filter((fields) => fields[1] === stream).map((fields) => fields[fields.indexOf('reason') + 1]);
};

/** Leaves items with a consumer that never beats: what a killed process leaves behind. */
async function holdAsDead(stream: string, deaths: number) {
  await redis.xgroup('CREATE', stream, 'g', '0', 'MKSTREAM');
  await redis.xreadgroup('GROUP', 'g', 'dead-1', 'COUNT', 100, 'STREAMS', stream, '>');
  const ids = (await redis.xrange(stream, '-', '+')).map(([id]) => id);
  for (let death = 2; death <= deaths; death += 1)
    await redis.xclaim(stream, 'g', `dead-${death}`, 0, ...ids);
}

test('each item is handled once, acknowledged after its effect and removed', async () => {
  const stream = newStream();
  const seen: string[] = [];
  await start(stream, async (items) => void seen.push(...items.map(wordOf)));
  const words = Array.from({ length: 35 }, (_, number) => `word ${number}`);
  await fill(stream, words);
  await until(() => isEmpty(stream));
  expect(seen).toEqual(words);
});

test('what follows from an item happens in one step with its acknowledgement', async () => {
  const [stream, next] = [newStream(), newStream()];
  await start(stream, async (items, then) => {
    for (const item of items) then.xadd(next, '*', ...item.fields);
  });
  await fill(stream, ['a', 'b']);
  await until(() => isEmpty(stream));
  expect(await redis.xlen(next)).toBe(2);
});

test('what the dead hold is taken over, and said to be there again', async () => {
  const stream = newStream();
  await fill(stream, ['a', 'b', 'c']);
  await holdAsDead(stream, 1);
  const seen: [string, boolean][] = [];
  await start(
    stream,
    async (items) => void seen.push(...items.map((item): [string, boolean] => [wordOf(item), item.again])),
  );
  await until(() => isEmpty(stream));
  expect(seen).toEqual([
    ['a', true],
    ['b', true],
    ['c', true],
  ]);
  await until(async () => !JSON.stringify(await redis.xinfo('CONSUMERS', stream, 'g')).includes('dead-1'));
});

test('what a living peer holds stays with it, however long it takes', async () => {
  const stream = newStream();
  await fill(stream, ['slow']);
  await holdAsDead(stream, 1);
  await redis.set(beatKey('g', 'dead-1'), '1', 'PX', 1_500); // it lives after all, for a while
  const beganAt = Date.now();
  const seen: string[] = [];
  await start(stream, async (items) => void seen.push(...items.map(wordOf)));
  await until(() => seen.length > 0);
  expect(Date.now() - beganAt).toBeGreaterThan(1_200);
});

test('one bad item goes to hubs:dead with its reason; the others of its batch get through', async () => {
  const stream = newStream();
  const seen: string[] = [];
  await fill(stream, ['a', 'bad', 'b']);
  await start(stream, async (items) => {
    if (items.some((item) => wordOf(item) === 'bad')) throw new Error('is bad');
    seen.push(...items.map(wordOf));
  });
  await until(() => isEmpty(stream));
  expect(seen).toEqual(['a', 'b']);
  expect(await deadReasons(stream)).toEqual(['is bad']);
});

test('an item whose holder died three times is run alone once more; if that kills too, it is put aside', async () => {
  const [alone, killer] = [newStream(), newStream()];
  await fill(alone, ['suspect', 'another']);
  await holdAsDead(alone, 3);
  const batches: string[][] = [];
  await start(alone, async (items) => void batches.push(items.map(wordOf)));
  await until(() => isEmpty(alone));
  expect(batches).toEqual([['suspect'], ['another']]);

  await fill(killer, ['killer']);
  await holdAsDead(killer, 4);
  await start(killer, async () => expect.unreachable('it was run again'));
  await until(() => isEmpty(killer));
  expect(await deadReasons(killer)).toEqual(['kills its worker']);
});

test('an item of a newer format is left for a newer process, however many older ones start and stop meanwhile', async () => {
  const stream = newStream();
  const seen: string[] = [];
  await redis.xadd(stream, '*', 'f', '2', 'd', '"newer"');
  for (let round = 1; round <= 5; round += 1) {
    const consumer = await start(stream, async (items) => void seen.push(...items.map(wordOf)));
    await fill(stream, ['known']);
    await until(() => seen.length === round);
    // It is handed back at each stop, and taken by the next.
    await until(
      async () => JSON.stringify(await redis.xpending(stream, 'g')).includes('handed-back') === false,
    );
    await consumer.stop();
    running.splice(0);
  }
  expect(seen).toEqual(['known', 'known', 'known', 'known', 'known']);
  expect(await redis.xpending(stream, 'g', '-', '+', 10)).toMatchObject([
    [expect.any(String), 'handed-back', expect.any(Number), 1],
  ]);
  expect(await deadReasons(stream)).toEqual([]);
});

test('an item that can never be read goes to hubs:dead at once', async () => {
  const stream = newStream();
  let tries = 0;
  await fill(stream, ['broken']);
  await start(stream, async () => {
    tries += 1;
    throw new UnreadableItem(false, 'is not a valid item');
  });
  await until(() => isEmpty(stream));
  expect(tries).toBe(2); // in its batch, and alone
  expect(await deadReasons(stream)).toEqual(['is not a valid item']);
});

test('a Redis that is full is waited for, however long: nothing is buried, nobody is taken for dead', async () => {
  const own = await startTestRedis();
  const other = connectRedis(own.url);
  const begun = Promise.withResolvers<void>();
  const full = Promise.withResolvers<void>();
  const startOne = () =>
    startConsumer(
      testContext({
        databaseUrl: 'postgresql://unused/hubs',
        redisUrl: own.url,
        overrides: { SILENCE_MS: 2_000 },
      }),
      {
        ...{ stream: 's', group: 'g', batch: 10 },
        async handle(items, then) {
          begun.resolve();
          await full.promise;
          for (const item of items) then.xadd('next', '*', ...item.fields);
        },
      },
    );
  const consumer = await startOne();
  await other.xadd('s', '*', ...toFields('waits'));
  await begun.promise;
  const peer = await startOne();
  await until(async () => (await other.keys('hubs:beat:*')).length === 2);
  await other.config('SET', 'maxmemory', '1');
  full.resolve();
  await until(async () =>
    (await consumer.wrong()).some((sentence) => sentence.includes('waits for a store')),
  );
  await until(async () => (await other.keys('hubs:beat:*')).length === 0); // beats are refused as well
  const goneAt = Date.now();
  await until(() => Date.now() - goneAt > 1_000);
  expect(await other.xpending('s', 'g', '-', '+', 10)).toMatchObject([{ 3: 1 }]);
  await other.config('SET', 'maxmemory', '0');
  await until(async () => (await other.xlen('next')) === 1 && (await other.xlen('s')) === 0);
  expect(await other.xlen(streams.dead)).toBe(0);
  await Promise.all([consumer.stop(), peer.stop()]);
  other.disconnect();
  await own.stop();
});

test('of many who look at once each item is taken over by one', async () => {
  const stream = newStream();
  const words = Array.from({ length: 200 }, (_, number) => `word ${number}`);
  await fill(stream, words);
  await holdAsDead(stream, 1);
  const seen: string[] = [];
  const handle = async (items: Item[]) => void seen.push(...items.map(wordOf));
  await Promise.all(Array.from({ length: 6 }, () => start(stream, handle)));
  await until(() => isEmpty(stream));
  expect(seen.toSorted()).toEqual(words.toSorted());
});

test('a consumer that gets items while it is taken over from is forgotten only when it holds none', async () => {
  const stream = newStream();
  await fill(stream, ['a']);
  await holdAsDead(stream, 1);
  const taker = openTakeOver(redis, { stream, group: 'g' }, 'taker');
  expect((await taker.claim('dead-1', 10)).map(wordOf)).toEqual(['a']);
  await fill(stream, ['b']);
  await redis.xreadgroup('GROUP', 'g', 'dead-1', 'COUNT', 1, 'STREAMS', stream, '>');
  expect((await taker.claim('dead-1', 10)).map(wordOf)).toEqual(['b']);
  await redis.set(beatKey('g', 'dead-1'), '1', 'PX', 60_000);
  expect(await taker.claim('dead-1', 10)).toEqual([]);
  const consumers = async () => JSON.stringify(await redis.xinfo('CONSUMERS', stream, 'g'));
  expect(await consumers()).toContain('dead-1'); // it lives
  await redis.del(beatKey('g', 'dead-1'));
  expect(await taker.claim('dead-1', 10)).toEqual([]);
  expect(await consumers()).not.toContain('dead-1');
});

test('what is still under way at a stop is handed back at once, and nobody counts as dead', async () => {
  const stream = newStream();
  await fill(stream, ['endless']);
  const begun = Promise.withResolvers<void>();
  const consumer = await start(stream, async () => {
    begun.resolve();
    await new Promise(() => undefined);
  });
  await begun.promise;
  running.splice(0);
  await consumer.stop();
  const seen: boolean[] = [];
  await start(stream, async (items) => void seen.push(...items.map(({ again }) => again)));
  await until(() => isEmpty(stream), { deadlineMs: 1_000 });
  expect(seen).toEqual([true]);
});

test('what was put aside goes back on its stream as it was, once, or is dropped', async () => {
  const stream = newStream();
  await redis.del(streams.dead);
  for (const word of ['a', 'b']) {
    const item = (await redis.xadd(stream, '*', ...toFields(word))) as string;
    await buryItem(redis, { stream, group: 'g', item, reason: 'reason', fields: toFields(word) });
  }
  expect(await redis.xlen(stream)).toBe(0);
  const [a, b] = await readDead(redis);
  if (!a || !b) return expect.unreachable();
  expect(await findDead(redis, a.id)).toEqual(a);
  expect(await Promise.all([retryDead(redis, a), retryDead(redis, a), retryDead(redis, a)])).toEqual([
    true,
    false,
    false,
  ]);
  expect((await redis.xrange(stream, '-', '+')).map(([, fields]) => fields)).toEqual([toFields('a')]);
  expect([await dropDead(redis, b), await dropDead(redis, b), await retryDead(redis, b)]).toEqual([
    true,
    false,
    false,
  ]);
  expect([await findDead(redis, a.id), await findDead(redis, 'no id'), await readDead(redis)]).toEqual([
    undefined,
    undefined,
    [],
  ]);
});

test('a store that is away is waited for, and waiting never counts as a try', async () => {
  const stream = newStream();
  let tries = 0;
  await fill(stream, ['patient']);
  const consumer = await start(stream, async () => {
    tries += 1;
    if (tries <= 5) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  });
  await until(async () => (await consumer.wrong()).some((sentence) => sentence.includes('ECONNREFUSED')));
  await until(() => isEmpty(stream));
  expect(tries).toBe(6);
  expect(await deadReasons(stream)).toEqual([]);
  expect(await consumer.wrong()).toEqual([]);
});

test('a stop waits for what is under way and leaves the rest in the stream', async () => {
  const stream = newStream();
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const seen: string[] = [];
  const consumer = await start(stream, async (items) => {
    begun.resolve();
    await finish.promise;
    seen.push(...items.map(wordOf));
  });
  await fill(stream, ['under way']);
  await begun.promise;
  const stopped = consumer.stop();
  running.splice(0);
  await fill(stream, ['later']);
  finish.resolve();
  await stopped;
  expect([seen, await redis.xlen(stream)]).toEqual([['under way'], 1]);
});

test('a Redis that went away and came back empty is served again', async () => {
  const own = await startTestRedis();
  const other = connectRedis(own.url);
  const seen: string[] = [];
  const consumer = await startConsumer(
    testContext({ databaseUrl: 'postgresql://unused/hubs', redisUrl: own.url }),
    { stream: 's', group: 'g', batch: 10, handle: async (items) => void seen.push(...items.map(wordOf)) },
  );
  await other.xadd('s', '*', ...toFields('before'));
  await until(() => seen.includes('before'));
  await own.kill();
  await until(async () => (await consumer.wrong()).length > 0);
  await own.start();
  await other.xadd('s', '*', ...toFields('after'));
  await until(() => seen.includes('after'));
  await consumer.stop();
  other.disconnect();
  await own.stop();
});

test('a Redis that was emptied while it ran gets its group anew, and what comes then is served', async () => {
  const own = await startTestRedis();
  const other = connectRedis(own.url);
  const seen: string[] = [];
  const consumer = await startConsumer(
    testContext({ databaseUrl: 'postgresql://unused/hubs', redisUrl: own.url }),
    { stream: 's', group: 'g', batch: 10, handle: async (items) => void seen.push(...items.map(wordOf)) },
  );
  await other.xadd('s', '*', ...toFields('before'));
  await until(() => seen.includes('before'));
  await other.flushall();
  await other.xadd('s', '*', ...toFields('after'));
  await until(async () => seen.includes('after') && (await other.xlen('s')) === 0);
  expect(seen).toEqual(['before', 'after']);
  await consumer.stop();
  other.disconnect();
  await own.stop();
});

test('a stop ends in time also while Redis is away', async () => {
  const own = await startTestRedis();
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const other = connectRedis(own.url);
  const consumer = await startConsumer(
    testContext({ databaseUrl: 'postgresql://unused/hubs', redisUrl: own.url }),
    {
      stream: 's',
      group: 'g',
      batch: 10,
      async handle() {
        begun.resolve();
        await finish.promise;
      },
    },
  );
  await other.xadd('s', '*', ...toFields('under way'));
  await begun.promise;
  await own.kill();
  finish.resolve();
  other.disconnect();
  await consumer.stop();
}, 9_000);
