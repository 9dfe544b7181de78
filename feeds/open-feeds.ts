import { openPool, type Pool } from '../prisma/client.ts';
import type { Settings } from '../settings/settings.ts';
import { postgresFeeds } from './engines/postgres.ts';
import type { FeedStore } from './feed-store.ts';

/** Opens the feed store that FEEDS_URL names; in the Hubs database it shares the process's pool. */
export function openFeeds(
  settings: Pick<Settings, 'FEEDS_URL' | 'DATABASE_URL' | 'DATABASE_DIRECT_URL'>,
  pool: Pool,
): FeedStore {
  if ([settings.DATABASE_URL, settings.DATABASE_DIRECT_URL].includes(settings.FEEDS_URL))
    return postgresFeeds(pool);
  const own = openPool(settings.FEEDS_URL);
  return { ...postgresFeeds(own), close: () => own.end() };
}
