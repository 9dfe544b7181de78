import { expect, onTestFinished, test } from 'vitest';
import { connectRedis, toFields } from '../bus/streams.ts';
import { startTestRedis } from '../testing/stores.ts';
import { buryItem, dropDead, findDead, readDead, retryDead } from './dead-items.ts';

test('what was put aside goes back on its stream as it was, once, or is dropped', async () => {
  const server = await startTestRedis();
  const redis = connectRedis(server.url);
  onTestFinished(async () => {
    redis.disconnect();
    await server.stop();
  });
  const stream = 'test:items';
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
