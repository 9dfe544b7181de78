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

  test('a feed of which somebody removed entries by hand has its 100 again, a day later at the latest', async () => {
    const pool = openPool(url);
    const feeds = postgresFeeds(pool);
    const hub = 1_000_000;
    const write = (from: number, count: number) =>
      feeds.add(
        Array.from({ length: count }, (_, at) => ({
          hub,
          messageId: `m${from + at}`,
          time: 1_700_000_000_000 + from + at,
          topic: 'org.example.prod.git.receive',
          kind: 'git.receive',
          agent: null,
          people: [],
          why: 'package:guake',
          message: '{}',
        })),
      );
    await write(0, 100);
    await pool.query('DELETE FROM feed_entry WHERE hub_id = $1 AND message_id < $2', [hub, 'm50']);
    await pool.query(`UPDATE feed_length SET counted_at = counted_at - interval '1 day' WHERE hub_id = $1`, [
      hub,
    ]);
    await write(100, 100);
    expect((await feeds.read(hub)).map(({ messageId }) => messageId)).toEqual(
      Array.from({ length: 100 }, (_, at) => `m${199 - at}`),
    );
    await pool.end();
  });
});

test('a PostgreSQL that is away is a sentence', async () => {
  const pool = openPool(`postgresql://hubs@127.0.0.1:${await freePort()}/hubs`);
  expect(await postgresFeeds(pool).wrong()).toMatch(/^The feeds' PostgreSQL does not answer: /);
  await pool.end();
});
