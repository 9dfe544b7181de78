import type { Database, Pool } from '../prisma/client.ts';
import type { Settings } from '../settings/settings.ts';

export interface Stores {
  settings: Settings;
  pool: Pool;
  database: Database;
}

/** Opens the database, does the work, closes it. @throws {SettingsError} */
export async function withDatabase<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
  const { readSettings } = await import('../settings/settings.ts');
  const { openDatabase, openPool } = await import('../prisma/client.ts');
  const settings = readSettings();
  const pool = openPool(settings.DATABASE_URL);
  const database = openDatabase(pool);
  try {
    return await work({ settings, pool, database });
  } finally {
    await database.$disconnect();
    await pool.end();
  }
}
