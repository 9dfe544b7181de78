// What commands that change hubs work with.
import { type Database, openDatabase, openPool, type Pool } from '../prisma/client.ts';
import { readSettings, type Settings, SettingsError } from '../settings/settings.ts';
import type { Accounts } from '../upstreams/accounts/accounts.ts';
import { openAccounts } from '../upstreams/accounts/open-accounts.ts';

export interface Workspace {
  settings: Settings;
  /** Of the direct address: a command may hold a lock. */
  pool: Pool;
  database: Database;
  accounts: Accounts;
  close(): Promise<void>;
}

/** @throws {SettingsError} @throws {AccountsFileError} before anything is opened that must be closed */
export async function openWorkspace(): Promise<Workspace> {
  const settings = readSettings();
  const accounts = await openAccounts(settings);
  if (!accounts) {
    throw new SettingsError([
      'ACCOUNTS_FILE is not set, and FASJSON_URL neither; set the one to the YAML file of your people and groups (demo/accounts.yaml is one), or the other to your FASJSON',
    ]);
  }
  const pool = openPool(settings.DATABASE_DIRECT_URL);
  const database = openDatabase(pool);
  return {
    settings,
    pool,
    database,
    accounts,
    async close() {
      await database.$disconnect();
      await pool.end();
    },
  };
}
