import { describe, expect, test } from 'vitest';
import { openPool } from '../../prisma/client.ts';
import { createDatabase, freePort } from '../../testing/stores.ts';
import { promiseFeedStore } from '../feed-store.conformance.ts';
import { postgresFeeds } from './postgres.ts';

describe('feeds in PostgreSQL', async () => {
  const url = await createDatabase();
  promiseFeedStore(async () => {
    const pool = openPool(url);
    return { ...postgresFeeds(pool), close: () => pool.end() };
  });

  test('a feed holds no more than 100 rows', async () => {
    const pool = openPool(url);
    const { rows } = await pool.query(
      'SELECT count(*)::int AS rows FROM feed_entry GROUP BY hub_id HAVING count(*) > 100',
    );
    expect(rows).toEqual([]);
    await pool.end();
  });
});

test('a PostgreSQL that is away is a sentence', async () => {
  const pool = openPool(`postgresql://hubs@127.0.0.1:${await freePort()}/hubs`);
  expect(await postgresFeeds(pool).wrong()).toMatch(/^The feeds' PostgreSQL does not answer: /);
  await pool.end();
});
