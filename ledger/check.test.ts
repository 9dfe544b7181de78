import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openPool } from '../prisma/client.ts';
import { makeRow, startArchive } from '../testing/archive.ts';
import { createDatabase, testContext } from '../testing/stores.ts';
import { checkLedger } from './check.ts';
import { readLedger } from './read-ledger.ts';

const HOUR_MS = 3_600_000;
const pool = openPool(await createDatabase());
const archive = await startArchive();
const warnings: unknown[][] = [];
/** The start of the hour before the last. */
const hourMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 2 * HOUR_MS;

afterAll(async () => {
  await archive.close();
  await pool.end();
});

beforeEach(async () => {
  archive.rows.length = 0;
  archive.faults.length = 0;
  warnings.length = 0;
  for (const table of ['ledger', 'bus_gap', 'ledger_check']) await pool.query(`DELETE FROM ${table}`);
  await pool.query('UPDATE bus_position SET since = $1, heard_at = now(), watermark = now()', [
    new Date(hourMs),
  ]);
});

function check(overrides = {}) {
  const context = testContext({
    databaseUrl: 'postgresql://localhost/none',
    redisUrl: 'redis://localhost',
    overrides: { ARCHIVE_URL: archive.url, BUS_ENDPOINTS: ['tcp://bus:1'], ...overrides },
  });
  const log = Object.assign(context.log, { warn: (...words: unknown[]) => warnings.push(words) });
  return checkLedger({ settings: context.settings, log, pool }, { pauseMs: 1 });
}
const count = (outcome: string, n: number, atMs = hourMs) =>
  pool.query('INSERT INTO ledger (hour, service, outcome, n) VALUES ($1, $2, $3, $4)', [
    new Date(atMs),
    'bodhi',
    outcome,
    n,
  ]);
const archived = (n: number, topic?: string) =>
  archive.rows.push(
    ...Array.from({ length: n }, () => ({
      ...makeRow(randomUUID(), hourMs + 1_000),
      ...(topic && { topic }),
    })),
  );
const ledger = () => readLedger(pool, { sinceMs: hourMs });

test('an hour that the archive and Hubs have alike is noted, and not asked for again', async () => {
  archived(5);
  await count('queued', 3);
  await count('own', 1);
  await count('junk', 1);
  await count('duplicate', 7);
  await count('invalid', 2);
  expect((await check()).slice(0, 1)).toEqual([{ hourMs, archive: 5, heard: 5 }]);
  expect(warnings).toEqual([]);
  archive.requests.length = 0;
  await check();
  expect(archive.requests).toHaveLength(0);
});

test('what was lost before the listener is said in the log, kept, and asked of the archive, once', async () => {
  archived(5);
  await count('queued', 3);
  await check();
  expect(warnings).toEqual([
    [
      { hour: new Date(hourMs), archive: 5, heard: 3 },
      '2 messages of this hour are in the archive and not here',
    ],
  ]);
  expect(await ledger()).toMatchObject({
    gaps: [{ fromMs: hourMs, toMs: hourMs + HOUR_MS, reason: 'check', state: 'open' }],
  });
  expect((await ledger()).checks.at(-1)).toMatchObject({ hourMs, archive: 5, heard: 3, lost: 2 });
  // The listener has read it: one of them is no message that anybody could read.
  await pool.query(`UPDATE bus_gap SET state = 'filled'`);
  await pool.query(`UPDATE ledger SET n = 4 WHERE outcome = 'queued'`);
  await check();
  const { checks, gaps } = await ledger();
  expect(checks.at(-1)).toMatchObject({ archive: 5, heard: 4, lost: 2 });
  expect(gaps).toMatchObject([{ state: 'filled' }]);
});

test('hours that are not over, were not heard yet, or are being read are left for later', async () => {
  archived(1);
  await pool.query('UPDATE bus_position SET since = $1', [new Date(hourMs + 1)]);
  expect((await check()).filter((one) => one.hourMs === hourMs)).toEqual([]);
  await pool.query('UPDATE bus_position SET since = $1, heard_at = $2', [
    new Date(hourMs),
    new Date(hourMs + HOUR_MS - 1),
  ]);
  expect(await check()).toEqual([]);
  await pool.query('UPDATE bus_position SET heard_at = now()');
  await pool.query(
    `INSERT INTO bus_gap (from_at, to_at, reason, state, read_until) VALUES ($1, $1, 'away', 'open', $1)`,
    [new Date(hourMs + 1_000)],
  );
  expect((await check()).filter((one) => one.hourMs === hourMs)).toEqual([]);
});

test('of a bus that is heard in part, only that part is compared', async () => {
  archived(2);
  archived(130, 'org.fedoraproject.stg.bodhi.update.comment');
  await count('queued', 2);
  expect((await check({ BUS_TOPICS: ['org.fedoraproject.prod.'] })).slice(0, 1)).toEqual([
    { hourMs, archive: 2, heard: 2 },
  ]);
});

test('an archive that does not answer ends the check with its reason', async () => {
  archive.faults.push(400);
  await expect(check()).rejects.toThrow('(400)');
  expect(await check({ ARCHIVE_URL: undefined })).toEqual([]);
});
