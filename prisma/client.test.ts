import { expect, test } from 'vitest';
import { openTestDatabase } from '../testing/stores.ts';
import { openDatabase, openPool } from './client.ts';

const { url } = await openTestDatabase();

async function countPrepared(isDirect: boolean): Promise<number> {
  const pool = openPool(url, { connections: 1, isDirect });
  const database = openDatabase(pool);
  try {
    await pool.query('SELECT $1::int AS one', [1]);
    await database.hub.count({ where: { name: 'nobody' } });
    await database.hub.count({ where: { id: { in: Array.from({ length: 21 }, (_, at) => at) } } });
    const { rows } = await pool.query('SELECT count(*)::int AS n FROM pg_prepared_statements');
    return rows[0].n;
  } finally {
    await pool.end();
  }
}

test("a direct connection keeps our statements and Prisma's, a pooled one none, and nobody keeps long lists", async () => {
  expect(await countPrepared(true)).toBe(2);
  expect(await countPrepared(false)).toBe(0);
});
