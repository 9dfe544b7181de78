// What the stores themselves say when they are away, and when it is the item's fault.
import type pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { openDatabase, openPool } from '../prisma/client.ts';
import { openGate } from '../testing/gate.ts';
import { createDatabase, freePort } from '../testing/stores.ts';
import { isStoreAway, whenStoresAreThere } from './store-away.ts';

const url = await createDatabase();
const { hostname: host, port } = new URL(url);
const gate = await openGate({ host, port: Number(port) });
afterAll(() => gate.shut());

const at = (change: { port?: string; password?: string; pathname?: string }): string =>
  Object.assign(new URL(url), change).href;
const gated = at({ port: String(gate.port) });

/** What a query ends with. */
async function failureOf(address: string, query: (pool: pg.Pool) => Promise<unknown>): Promise<unknown> {
  const pool = openPool(address);
  const failure = await query(pool).then(
    () => null,
    (error: unknown) => error,
  );
  await pool.end();
  return failure;
}
const ask = (pool: pg.Pool) => pool.query('SELECT 1');
const refused = `postgresql://hubs@127.0.0.1:${await freePort()}/hubs`;

test.each([
  ['nobody listens', refused, ask],
  ['Prisma finds nobody', refused, (pool: pg.Pool) => openDatabase(pool).hub.count()],
  ['its password was changed', at({ password: 'another' }), ask],
  ['its database is not there', at({ pathname: '/another' }), ask],
  [
    'an administrator ends the connection',
    url,
    (pool: pg.Pool) => pool.query('SELECT pg_terminate_backend(pg_backend_pid())'),
  ],
  ['it takes no writes', url, (pool: pg.Pool) => pool.query('BEGIN READ ONLY; DELETE FROM hub')],
])('away: %s', async (_, address, query) => {
  expect(isStoreAway(await failureOf(address, query))).toBe(true);
});

test.each([
  ['a wrong value', (pool: pg.Pool) => pool.query(`SELECT 'x'::int`)],
  [
    'a row that is there already',
    (pool: pg.Pool) =>
      pool.query('INSERT INTO worker_beat VALUES ($1, $2, now()), ($1, $2, now())', ['a', []]),
  ],
  [
    'what Prisma finds wrong',
    (pool: pg.Pool) => openDatabase(pool).hub.findUniqueOrThrow({ where: { id: 0 } }),
  ],
])('not away: %s', async (_, query) => {
  const failure = await failureOf(url, query);
  expect(failure).toBeInstanceOf(Error);
  expect(isStoreAway(failure)).toBe(false);
});

test('a connection that died without a word fails in time, and another one takes its place', async () => {
  const pool = openPool(gated, { queryMs: 300 });
  await pool.query('SELECT 1');
  gate.stall(0);
  const failure = await ask(pool).catch((error: unknown) => error);
  expect(failure).toMatchObject({ message: 'Query read timeout' });
  expect(isStoreAway(failure)).toBe(true);
  gate.flow();
  expect((await pool.query('SELECT 2 AS two')).rows).toEqual([{ two: 2 }]);
  await pool.end();
});

test('work is done again while a store is away, until it is there or nobody waits any more', async () => {
  await gate.shut();
  const pool = openPool(gated);
  let pauses = 0;
  const answer = await whenStoresAreThere(
    () => ask(pool),
    async () => {
      pauses += 1;
      if (pauses === 2) await gate.open();
    },
  );
  expect([answer.rowCount, pauses]).toEqual([1, 2]);
  await pool.end();
  await gate.shut();
  const stop = new Error('stopping');
  const stopped = openPool(gated);
  await expect(
    whenStoresAreThere(
      () => ask(stopped),
      () => {
        throw stop;
      },
    ),
  ).rejects.toBe(stop);
  await expect(
    whenStoresAreThere(
      () => Promise.reject(new TypeError('bad')),
      () => expect.unreachable(),
    ),
  ).rejects.toThrow('bad');
  await stopped.end();
  await gate.open();
});
