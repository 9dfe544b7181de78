import { afterAll, expect, test } from 'vitest';
import { openPool } from '../prisma/client.ts';
import { openTestDatabase } from '../testing/stores.ts';
import { withSyncLock } from './sync-lock.ts';

const { url, pool } = await openTestDatabase();
/** Its queries have little time. */
const hurried = openPool(url, { queryMs: 100 });
afterAll(() => hurried.end());

/** Begins a sync, which lasts until it is ended. */
async function begin(): Promise<{ end(): void; running: Promise<unknown> }> {
  const ended = Promise.withResolvers<string>();
  const started = Promise.withResolvers<void>();
  const running = withSyncLock(
    pool,
    () => true,
    () => {
      started.resolve();
      return ended.promise;
    },
  );
  await started.promise;
  return { end: () => ended.resolve('first'), running };
}

/** Waits its turn; `said` resolves when it has said so. */
function wait(said: () => void): Promise<string | null> {
  return withSyncLock(
    hurried,
    () => {
      said();
      return true;
    },
    async () => 'second',
  );
}

test('of two syncs at once the second one says so once, and waits or is left out', async () => {
  const { end, running } = await begin();
  const waits = Promise.withResolvers<void>();
  let said = 0;
  const waiting = wait(() => {
    said += 1;
    waits.resolve();
  });
  await waits.promise;
  expect(
    await withSyncLock(
      pool,
      () => false,
      async () => 'third',
    ),
  ).toBeNull();
  end();
  expect([await running, await waiting, said]).toEqual(['first', 'second', 1]);
});

test('whoever waits for a sync waits longer than a query may take', async () => {
  const { end, running } = await begin();
  const waits = Promise.withResolvers<void>();
  const waiting = wait(waits.resolve);
  await waits.promise;
  await expect(hurried.query('SELECT pg_sleep(1)')).rejects.toThrow('Query read timeout');
  end();
  expect([await running, await waiting]).toEqual(['first', 'second']);
});

test('the next sync begins after one that failed', async () => {
  const fail = async () => {
    throw new Error('no');
  };
  await expect(withSyncLock(pool, () => false, fail)).rejects.toThrow('no');
  await expect(
    withSyncLock(
      pool,
      () => true,
      async () => 'next',
    ),
  ).resolves.toBe('next');
});
