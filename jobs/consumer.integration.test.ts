import { afterAll, afterEach, expect, test } from 'vitest';
import { UnreadableItem } from '../bus/streams.ts';
import { openConsumerStage, wordOf } from '../testing/consumer-stage.ts';
import { until } from '../testing/until.ts';

const stage = await openConsumerStage();
const { redis, newStream, start, fill, isEmpty, deadReasons } = stage;
afterEach(stage.stopConsumers);
afterAll(stage.close);

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

test('what is still under way at a stop is handed back at once, and nobody counts as dead', async () => {
  const stream = newStream();
  await fill(stream, ['endless']);
  const begun = Promise.withResolvers<void>();
  // Its silence would be noticed after the test.
  const patient = { SILENCE_MS: 60_000 };
  const endless = async () => {
    begun.resolve();
    await new Promise(() => undefined);
  };
  const consumer = await start(stream, endless, patient);
  await begun.promise;
  await consumer.stop();
  const seen: boolean[] = [];
  await start(stream, async (items) => void seen.push(...items.map(({ again }) => again)), patient);
  await until(() => isEmpty(stream));
  expect(seen).toEqual([true]);
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
  await fill(stream, ['later']);
  finish.resolve();
  await stopped;
  expect([seen, await redis.xlen(stream)]).toEqual([['under way'], 1]);
});
