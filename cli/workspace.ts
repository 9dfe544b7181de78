// What commands that change hubs work with.
import { type Database, openDatabase, openPool } from '../prisma/client.ts';
import { readSettings, type Settings, SettingsError } from '../settings/settings.ts';
import type { Accounts } from '../upstreams/accounts/accounts.ts';
import { openAccountsFile } from '../upstreams/accounts/yaml.ts';

export interface Workspace {
  settings: Settings;
  database: Database;
  accounts: Accounts;
  close(): Promise<void>;
}

/** @throws {SettingsError} @throws {AccountsFileError} before anything is opened that must be closed */
export async function openWorkspace(): Promise<Workspace> {
  const settings = readSettings();
  if (!settings.ACCOUNTS_FILE) {
    throw new SettingsError([
      'ACCOUNTS_FILE is not set; set it to the YAML file of your people and groups, demo/accounts.yaml is one',
    ]);
  }
  const accounts = await openAccountsFile(settings.ACCOUNTS_FILE);
  const pool = openPool(settings.DATABASE_URL);
  const database = openDatabase(pool);
  return {
    settings,
    database,
    accounts,
    async close() {
      await accounts.close?.();
      await database.$disconnect();
      await pool.end();
    },
  };
}
