// The web process's stores, opened once. They lie on globalThis because Next bundles instrumentation, pages and
// routes apart, each with modules of its own.
import type { Cache } from '../cache/cache.ts';
import { openCache } from '../cache/open-cache.ts';
import type { FeedStore } from '../feeds/feed-store.ts';
import { openFeeds } from '../feeds/open-feeds.ts';
import { askDatabase, type Database, openDatabase, openPool, type Pool } from '../prisma/client.ts';
import { type Log, openLog } from '../runtime/log.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import { openProvider, type Provider } from '../upstreams/oidc/open-provider.ts';

export interface Stores {
  settings: Settings;
  log: Log;
  pool: Pool;
  database: Database;
  feeds: FeedStore;
  cache: Cache;
  /** Where people sign in; the first is the accounts system's own. */
  providers: Provider[];
}

/** Somebody waits for the page. */
const QUERY_MS = 10_000;

declare global {
  var hubsStores: Stores | undefined;
}

/** @throws {SettingsError} */
export function getStores(): Stores {
  globalThis.hubsStores ??= openStores();
  return globalThis.hubsStores;
}

function openStores(): Stores {
  const settings = readSettings();
  const log = openLog('web', settings);
  const isDirect = settings.DATABASE_URL === settings.DATABASE_DIRECT_URL;
  const pool = openPool(settings.DATABASE_URL, { queryMs: QUERY_MS, isDirect });
  return {
    settings,
    log,
    pool,
    database: openDatabase(pool),
    feeds: openFeeds(settings, pool),
    cache: openCache(settings, (sentence) => log.warn(sentence)),
    providers: settings.providers.map(openProvider),
  };
}

/** A sentence saying why PostgreSQL can't be used, or null. */
export const databaseWrong = ({ pool }: Stores): Promise<string | null> =>
  askDatabase(pool).then(
    () => null,
    (error: Error) => `PostgreSQL can't be reached: ${error.message || 'the connection failed'}.`,
  );

/** What keeps the web from its work, a sentence each. */
export async function storesWrong(stores: Stores): Promise<string[]> {
  const sentences = await Promise.all([databaseWrong(stores), stores.feeds.wrong(), stores.cache.wrong()]);
  return sentences.filter((sentence) => sentence !== null);
}
