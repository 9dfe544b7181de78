import { afterAll, afterEach, expect, test } from 'vitest';
import { openConsumerStage, wordOf } from '../testing/consumer-stage.ts';
import { until } from '../testing/until.ts';
import { beatKey } from './beat.ts';
import type { Item } from './consumer.ts';
import { openTakeOver } from './take-over.ts';

const stage = await openConsumerStage();
const { redis, newStream, start, fill, isEmpty, deadReasons, holdAsDead } = stage;
afterEach(stage.stopConsumers);
afterAll(stage.close);

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
