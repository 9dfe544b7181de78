import { afterAll, beforeEach, expect, test } from 'vitest';
import { connectRedis } from '../bus/streams.ts';
import { sayWatched } from '../bus/watched.ts';
import { openDatabase, openPool } from '../prisma/client.ts';
import { createDatabase, startTestRedis } from '../testing/stores.ts';
import { askForLoads, isWorthLoading, loadStale, noteLooks, priorities } from './ask-for-loads.ts';

const server = await startTestRedis();
const redis = connectRedis(server.url);
const pool = openPool(await createDatabase());
const database = openDatabase(pool);
const stores = { pool, redis };
afterAll(async () => {
  redis.disconnect();
  await Promise.all([pool.end(), server.stop()]);
});
beforeEach(async () => {
  await pool.query('TRUNCATE loaded_value; DELETE FROM graphile_worker._private_jobs');
});

let number = 0;
async function show(key: string) {
  const name = `team${++number}`;
  const widget = { kind: 'discussion', column: 'right', place: 0, valueKey: key } as const;
  return database.hub.create({ data: { type: 'team', name, groupName: name, widgets: { create: widget } } });
}
const lookedHoursAgo = async (key: string, hours: number) => {
  await noteLooks(pool, [key]);
  await pool.query(`UPDATE loaded_value SET looked_at = now() - $2 * interval '1 hour' WHERE key = $1`, [
    key,
    hours,
  ]);
};
const jobs = async () => {
  const { rows } = await pool.query(
    'SELECT key, priority, flags FROM graphile_worker.jobs ORDER BY priority, key',
  );
  return rows;
};
const waiting = async () => (await jobs()).map(({ key, priority }) => [key, priority]);
const staleAt = async (key: string) =>
  (await database.loadedValue.findUniqueOrThrow({ where: { key } })).staleAt?.getTime();

test('a stale value is loaded at once where its page is open, later where somebody was there today, else not', async () => {
  const open = await show('open/v1/forum/x');
  await show('today/v1/forum/x');
  await show('unseen/v1/forum/x');
  await show('never/v1/forum/x');
  await sayWatched(redis, [open.id], 10_000);
  await lookedHoursAgo('open/v1/forum/x', 30);
  await lookedHoursAgo('today/v1/forum/x', 23);
  await lookedHoursAgo('unseen/v1/forum/x', 25);
  const keys = ['open', 'today', 'unseen', 'never'].map((kind) => `${kind}/v1/forum/x`);
  await loadStale(stores, new Map(keys.map((key) => [key, 'message-1'])), 8);
  expect(await jobs()).toEqual([
    { key: 'open/v1/forum/x', priority: priorities.watched, flags: { load: true, 'load:forum': true } },
    { key: 'today/v1/forum/x', priority: priorities.later, flags: { load: true, 'load:forum': true } },
  ]);
});

test('a load knows the message that made its value stale, where there is one', async () => {
  await show('a');
  await show('b');
  await noteLooks(pool, ['a', 'b']);
  await loadStale(
    stores,
    new Map([
      ['a', 'message-1'],
      ['b', null],
    ]),
    8,
  );
  const { rows } = await pool.query('SELECT payload FROM graphile_worker._private_jobs ORDER BY key');
  expect(rows.map(({ payload }) => payload)).toEqual([{ key: 'a', message: 'message-1' }, { key: 'b' }]);
});

test('one that was not seen for a day is marked, which its next view hears', async () => {
  await show('a');
  await lookedHoursAgo('a', 25);
  await loadStale(stores, new Map([['a', null]]), 8);
  const marked = await staleAt('a');
  expect(marked).toBeGreaterThan(Date.now() - 10_000);
  expect(await noteLooks(pool, ['a', 'b'])).toEqual(new Map([['a', marked]]));
  await loadStale(stores, new Map([['a', null]]), 8);
  expect(await waiting()).toEqual([['a', priorities.later]]);
});

test('one job waits for a value, whoever asks; it gets the priority of whoever needs it most', async () => {
  await askForLoads(pool, [{ key: 'a', priority: priorities.last }], 8);
  await askForLoads(pool, [{ key: 'a', priority: priorities.watched }], 8);
  await askForLoads(
    pool,
    [
      { key: 'a', priority: priorities.later },
      { key: 'b', priority: priorities.last },
      { key: 'b', priority: priorities.later },
    ],
    8,
  );
  expect(await waiting()).toEqual([
    ['a', priorities.watched],
    ['b', priorities.later],
  ]);
});

test('a load that waits for its next try keeps its time, one that runs gets another behind it', async () => {
  await askForLoads(pool, [{ key: 'a', priority: priorities.later }], 8);
  await pool.query(`UPDATE graphile_worker._private_jobs SET run_at = '2100-01-01'`);
  await askForLoads(pool, [{ key: 'a', priority: priorities.watched }], 8);
  const { rows } = await pool.query('SELECT run_at, priority FROM graphile_worker.jobs');
  expect(rows).toEqual([{ run_at: new Date('2100-01-01'), priority: priorities.watched }]);

  await pool.query(`UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'a worker'`);
  await askForLoads(pool, [{ key: 'a', priority: priorities.later }], 8);
  expect((await jobs()).map(({ key }) => key).sort()).toEqual(['a', null]);
});

test('a load that waited a day while nobody looked is not worth a request, unless its page is open', async () => {
  const hub = await show('a');
  await lookedHoursAgo('a', 1);
  expect(await isWorthLoading(stores, 'a')).toBe(true);
  expect(await staleAt('a')).toBeUndefined();
  await lookedHoursAgo('a', 25);
  expect(await isWorthLoading(stores, 'a')).toBe(false);
  expect(await staleAt('a')).toBeGreaterThan(0);
  await sayWatched(redis, [hub.id], 10_000);
  expect(await isWorthLoading(stores, 'a')).toBe(true);
});
