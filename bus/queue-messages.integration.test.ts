import { Redis } from 'ioredis';
import { afterAll, expect, test } from 'vitest';
import { openGate } from '../testing/gate.ts';
import { startTestRedis, until } from '../testing/stores.ts';
import { ledgerKey, openQueue } from './queue-messages.ts';
import { connectRedis, streams } from './streams.ts';

const server = await startTestRedis();
const { password, searchParams } = new URL(server.url);
const gate = await openGate({ path: searchParams.get('path') ?? '' });
const redis = new Redis(server.url);
const through = connectRedis(`redis://:${password}@127.0.0.1:${gate.port}`);
const queue = openQueue(through);

afterAll(async () => {
  for (const one of [redis, through]) one.disconnect();
  await gate.shut();
  await server.stop();
});

const place = '400000 bodhi';

test('a batch whose answer is lost with the connection is added and counted once, and answered as it was', async () => {
  expect(await queue([{ id: 'a', text: '{}', place }])).toEqual(['queued']);
  gate.stall(0);
  const answer = queue(
    [
      { id: 'a', text: '{}', place },
      { id: 'b', text: '{}', place },
      { id: 'c', text: '', place },
    ],
    new Map([[`${place} received`, 3]]),
  );
  await until(async () => (await redis.xlen(streams.bus)) === 2);
  gate.flow();
  await gate.shut();
  await gate.open();
  expect(await answer).toEqual(['duplicate', 'queued', 'junk']);
  expect(await redis.xlen(streams.bus)).toBe(2);
  expect(await redis.hgetall(ledgerKey)).toEqual({
    [`${place} received`]: '3',
    [`${place} queued`]: '2',
    [`${place} duplicate`]: '1',
    [`${place} junk`]: '1',
  });
});

test("Hubs' own event is not counted when Hubs adds it, and once when the bus brings it back", async () => {
  await redis.del(ledgerKey);
  const event = { id: 'own', text: '{}' };
  expect(await queue([event])).toEqual(['queued']);
  expect(await queue([event])).toEqual(['duplicate']);
  expect(await redis.exists(ledgerKey)).toBe(0);
  expect(
    await queue([
      { ...event, place },
      { ...event, place },
    ]),
  ).toEqual(['own', 'duplicate']);
  expect(await redis.hgetall(ledgerKey)).toEqual({ [`${place} own`]: '1', [`${place} duplicate`]: '1' });
});
