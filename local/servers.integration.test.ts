import { chmodSync, lstatSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, test } from 'vitest';
import { createDatabase, freePort, makeFolder, startTestRedis } from '../testing/stores.ts';
import { removePostgres, startPostgres } from './postgres.ts';

test('each test file gets a migrated database of its own', async () => {
  const urls = await Promise.all([createDatabase(), createDatabase()]);
  expect(new Set(urls).size).toBe(2);
  const client = new pg.Client({ connectionString: urls[0] });
  await client.connect();
  const { rows } = await client.query('SELECT count(*)::int AS n FROM _prisma_migrations');
  await client.end();
  expect(rows[0].n).toBeGreaterThan(0);
});

test('a test Redis keeps its address over a kill and a start, and comes back empty', async () => {
  const server = await startTestRedis();
  const redis = new Redis(server.url);
  redis.on('error', () => undefined);
  await redis.set('a', '1');
  await server.kill();
  await server.start();
  expect(await redis.get('a')).toBeNull();
  redis.disconnect();
  await server.stop();
});

test('PostgreSQL starts below a closed folder, comes back with its data after a kill, and can be removed', async () => {
  const closed = makeFolder('closed');
  chmodSync(closed, 0o700);
  const options = { dir: join(closed, 'data', 'postgresql'), port: await freePort() };
  const write = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(sql);
    await client.end();
    return rows;
  };
  const first = await startPostgres(options);
  await write(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
  await first.kill();
  const second = await startPostgres(options);
  expect(await write(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
  await second.stop();
  const place = realpathSync(options.dir);
  removePostgres(options.dir);
  for (const gone of [place, options.dir]) expect(lstatSync(gone, { throwIfNoEntry: false })).toBeUndefined();
});
