import { Redis } from 'ioredis';
import pg from 'pg';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { ledgerKey } from '../bus/queue-messages.ts';
import { epochKey } from '../bus/streams.ts';
import { createDatabase, startTestRedis } from '../testing/stores.ts';
import { forgetOldCounts, moveCounts, putAsideFrom } from './counts.ts';
import { HOUR_MS, placeInLedger } from './outcomes.ts';

const server = await startTestRedis();
const redis = new Redis(server.url);
const client = new pg.Client({ connectionString: await createDatabase() });
await client.connect();

afterAll(async () => {
  redis.disconnect();
  await client.end();
  await server.stop();
});
beforeEach(async () => {
  await redis.flushall();
  await redis.set(epochKey, 'epoch');
  await client.query('DELETE FROM ledger');
});

const hour = Math.floor(Date.now() / HOUR_MS);
const count = (outcome: string, n: number, at = hour) =>
  redis.hincrby(ledgerKey, `${at} bodhi ${outcome}`, n);
const move = () => moveCounts(redis, client, 'epoch');
const counted = async () => {
  const { rows } = await client.query('SELECT hour, outcome, n::int FROM ledger ORDER BY hour, outcome');
  return rows.map((row) => `${row.hour.getTime() / HOUR_MS - hour} ${row.outcome} ${row.n}`);
};

test('counts move to PostgreSQL and add up there', async () => {
  await count('queued', 3);
  await move();
  await count('queued', 4);
  await count('received', 7);
  await move();
  await move();
  expect(await counted()).toEqual(['0 queued 7', '0 received 7']);
  expect(await redis.keys(`${ledgerKey}*`)).toEqual([]);
});

test('a process that dies between the two stores loses no count and doubles none', async () => {
  await count('queued', 3);
  // It dies when Redis has set the batch apart, and when PostgreSQL has it.
  for (const dies of ['before', 'after']) {
    const dying = Object.assign(Object.create(client), {
      async query(...given: Parameters<typeof client.query>) {
        if (dies === 'after') await client.query(...given);
        throw new Error('killed');
      },
    });
    await expect(moveCounts(redis, dying, 'epoch')).rejects.toThrow('killed');
    await count('queued', 1);
  }
  expect(await counted()).toEqual(['0 queued 3']);
  await move();
  expect(await counted()).toEqual(['0 queued 3']);
  await move();
  expect(await counted()).toEqual(['0 queued 5']);
});

test('what an emptied Redis has counted waits until what was counted before is put aside', async () => {
  await count('queued', 1);
  await moveCounts(redis, client, 'another epoch');
  expect(await counted()).toEqual([]);
});

test('what is read again is put aside, from the start of the hour on; what counts for nothing twice stays', async () => {
  await count('queued', 1, hour - 2);
  await count('queued', 2, hour - 1);
  await count('junk', 3, hour - 1);
  await count('duplicate', 4, hour - 1);
  await move();
  expect(await putAsideFrom(client, (hour - 1) * HOUR_MS + 99)).toBe((hour - 1) * HOUR_MS);
  expect(await counted()).toEqual(['-2 queued 1', '-1 again 5', '-1 duplicate 4']);
});

test('counts are kept for 90 days', async () => {
  await count('queued', 1, hour - 91 * 24);
  await count('queued', 2, hour - 89 * 24);
  await move();
  await forgetOldCounts(client);
  expect(await counted()).toEqual([`${-89 * 24} queued 2`]);
});

test.each([
  ['its own hour', (hour - 5) * HOUR_MS + 1, -5],
  ['the hour before 2000 of a clock that was never set', 86_400_000, 0],
  ['a time that is not here yet', (hour + 9) * HOUR_MS, 0],
  ['no time', undefined, 0],
])('a message of %s counts %#', (_, sentMs, offset) => {
  expect(placeInLedger(sentMs, 'bodhi', hour * HOUR_MS + 5)).toBe(`${hour + offset} bodhi`);
});
