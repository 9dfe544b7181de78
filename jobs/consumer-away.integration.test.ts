// A consumer whose store is away, full or emptied.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { streams } from '../bus/streams.ts';
import { openConsumerStage, wordOf } from '../testing/consumer-stage.ts';
import { until } from '../testing/until.ts';

let stage: Awaited<ReturnType<typeof openConsumerStage>>;
beforeEach(async () => {
  stage = await openConsumerStage();
});
afterEach(async () => {
  await stage.stopConsumers();
  await stage.close();
});

test('a store that is away is waited for, and waiting never counts as a try', async () => {
  let tries = 0;
  await stage.fill('s', ['patient']);
  const consumer = await stage.start('s', async () => {
    tries += 1;
    if (tries <= 5) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  });
  await until(async () => (await consumer.wrong()).some((sentence) => sentence.includes('ECONNREFUSED')));
  await until(() => stage.isEmpty('s'));
  expect(tries).toBe(6);
  expect(await stage.deadReasons('s')).toEqual([]);
  expect(await consumer.wrong()).toEqual([]);
});

test('a Redis that is full is waited for, however long: nothing is buried, nobody is taken for dead', async () => {
  const { redis } = stage;
  const begun = Promise.withResolvers<void>();
  const full = Promise.withResolvers<void>();
  const startOne = () =>
    stage.start(
      's',
      async (items, then) => {
        begun.resolve();
        await full.promise;
        for (const item of items) then.xadd('next', '*', ...item.fields);
      },
      { SILENCE_MS: 2_000 },
    );
  const consumer = await startOne();
  await stage.fill('s', ['waits']);
  await begun.promise;
  await startOne();
  await until(async () => (await redis.keys('hubs:beat:*')).length === 2);
  await redis.config('SET', 'maxmemory', '1');
  full.resolve();
  await until(async () =>
    (await consumer.wrong()).some((sentence) => sentence.includes('waits for a store')),
  );
  await until(async () => (await redis.keys('hubs:beat:*')).length === 0); // beats are refused as well
  const goneAt = Date.now();
  await until(() => Date.now() - goneAt > 1_000);
  expect(await redis.xpending('s', 'g', '-', '+', 10)).toMatchObject([{ 3: 1 }]);
  await redis.config('SET', 'maxmemory', '0');
  await until(async () => (await redis.xlen('next')) === 1 && (await stage.isEmpty('s')));
  expect(await redis.xlen(streams.dead)).toBe(0);
});

test('a Redis that went away and came back empty is served again', async () => {
  const seen: string[] = [];
  const consumer = await stage.start('s', async (items) => void seen.push(...items.map(wordOf)));
  await stage.fill('s', ['before']);
  await until(() => seen.includes('before'));
  await stage.server.kill();
  await until(async () => (await consumer.wrong()).length > 0);
  await stage.server.start();
  await stage.fill('s', ['after']);
  await until(() => seen.includes('after'));
});

test('a Redis that was emptied while it ran gets its group anew, and what comes then is served', async () => {
  const seen: string[] = [];
  await stage.start('s', async (items) => void seen.push(...items.map(wordOf)));
  await stage.fill('s', ['before']);
  await until(() => seen.includes('before'));
  await stage.redis.flushall();
  await stage.fill('s', ['after']);
  await until(async () => seen.includes('after') && (await stage.isEmpty('s')));
  expect(seen).toEqual(['before', 'after']);
});

test('a stop ends in time also while Redis is away', async () => {
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const consumer = await stage.start('s', async () => {
    begun.resolve();
    await finish.promise;
  });
  await stage.fill('s', ['under way']);
  await begun.promise;
  await stage.server.kill();
  finish.resolve();
  await consumer.stop();
}, 9_000);
