import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, test } from 'vitest';
import { createDatabase, startTestRedis } from '../testing/stores.ts';

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
