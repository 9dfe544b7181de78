import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openPool } from '../prisma/client.ts';
import { makeRow, startArchive } from '../testing/archive.ts';
import { createDatabase, startTestRedis } from '../testing/stores.ts';

const HOUR_MS = 3_600_000;
const hourMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 2 * HOUR_MS;
const databaseUrl = await createDatabase();
const pool = openPool(databaseUrl);
const [redis, archive] = await Promise.all([startTestRedis(), startArchive()]);

afterAll(async () => {
  await pool.end();
  await Promise.all([redis.stop(), archive.close()]);
});

function hubs(args: string[], env: Record<string, string> = {}) {
  const settings: NodeJS.ProcessEnv = {
    ...{ PATH: process.env.PATH, NODE_ENV: 'test' as const, DATABASE_URL: databaseUrl, REDIS_URL: redis.url },
    ...env,
  };
  return new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [join(import.meta.dirname, 'main.ts'), 'ledger', ...args],
      { env: settings },
      (_error, stdout, stderr) => resolve({ status: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

const at = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

test('before anything was heard it says so', async () => {
  const { status, stdout } = await hubs([]);
  expect([status, stdout]).toEqual([
    0,
    `No listener has heard the bus yet.
In the streams: bus 0, work 0, notices 0, dead 0.

No messages in this time.

Nothing was missed.
`,
  ]);
});

test('counts, gaps and what the archive has are shown, by hour, by service and as JSON', async () => {
  await pool.query('UPDATE bus_position SET since = $1, heard_at = $3, watermark = $2', [
    new Date(hourMs),
    new Date(hourMs + 1_000),
    new Date(hourMs + HOUR_MS),
  ]);
  const counts = [
    ['bodhi', 'received', 12],
    ['bodhi', 'queued', 10],
    ['bodhi', 'duplicate', 1],
    ['git', 'received', 3],
    ['git', 'dropped', 3],
  ];
  for (const [service, outcome, n] of counts)
    await pool.query('INSERT INTO ledger VALUES ($1, $2, $3, $4)', [new Date(hourMs), service, outcome, n]);
  await pool.query(
    `INSERT INTO bus_gap (from_at, to_at, reason, state, read_until, found) VALUES ($1, $2, 'away', 'filled', $2, 4)`,
    [new Date(hourMs), new Date(hourMs + 5_000)],
  );
  archive.rows.push(...['a', 'b'].map((id) => makeRow(id, hourMs)));

  const { status, stdout } = await hubs(['--check', '--since', '5h'], { ARCHIVE_URL: archive.url });
  expect(status).toBe(0);
  expect(
    stdout.split('\n\n').slice(1).join('\n\n'),
  ).toBe(`hour (UTC)        received  queued  duplicate  dropped  nowhere  archive
${at(hourMs)}        15      10          1        3        1        2

Not heard from the bus:
  ${at(hourMs)}:00 to ${at(hourMs)}:05: nobody listened, a source was away, or there was no room; read from the archive, 4 new.

Of 1 hours that were compared with the archive, 1 differ:
  ${at(hourMs)}: the archive has 2, Hubs 10.
`);
  expect(stdout).toContain(`Heard since ${at(hourMs)}. All that was sent before ${at(hourMs)}:01 is done`);

  const byService = await hubs(['--by-service']);
  expect(byService.stdout).toContain(
    `${at(hourMs)}  git             3       0          0        3        0\n`,
  );
  const ofOne = await hubs(['--service', 'git', '--json', '--since', new Date(hourMs).toISOString()]);
  expect(JSON.parse(ofOne.stdout)).toEqual({
    since: new Date(hourMs).toISOString(),
    heard: expect.any(String),
    watermark: new Date(hourMs + 1_000).toISOString(),
    streams: { bus: 0, work: 0, notices: 0, dead: 0 },
    hours: [{ hour: new Date(hourMs).toISOString(), service: 'git', received: 3, dropped: 3 }],
    gaps: [expect.objectContaining({ reason: 'away', state: 'filled', found: 4 })],
    checks: [expect.objectContaining({ archive: 2, heard: 10, lost: 0 })],
  });
});

test('bad options and missing settings are named', async () => {
  const since = await hubs(['--since', 'yesterday']);
  expect([since.status, since.stderr]).toEqual([2, expect.stringContaining('neither like 90m, 24h or 7d')]);
  const check = await hubs(['--check']);
  expect([check.status, check.stderr]).toEqual([
    1,
    'There is no archive to compare with; set ARCHIVE_URL to a datagrepper.\n',
  ]);
  const away = await hubs([], { REDIS_URL: 'redis://127.0.0.1:1' });
  expect([away.status, away.stdout]).toEqual([
    0,
    expect.stringContaining("Redis can't be reached (REDIS_URL)"),
  ]);
});
