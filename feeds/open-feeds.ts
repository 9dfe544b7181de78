import { openPool, type Pool } from '../prisma/client.ts';
import type { Settings } from '../settings/settings.ts';
import { postgresFeeds } from './engines/postgres.ts';
import type { FeedStore } from './feed-store.ts';

/** Opens the feed store that FEEDS_URL names, by its scheme; in the Hubs database it shares the process's pool. */
export function openFeeds(
  settings: Pick<Settings, 'FEEDS_URL' | 'DATABASE_URL' | 'DATABASE_DIRECT_URL'>,
  pool: Pool,
): FeedStore {
  if (settings.FEEDS_URL.startsWith('mongodb')) return openMongodbFeeds(settings.FEEDS_URL);
  if ([settings.DATABASE_URL, settings.DATABASE_DIRECT_URL].includes(settings.FEEDS_URL))
    return postgresFeeds(pool);
  const own = openPool(settings.FEEDS_URL);
  return { ...postgresFeeds(own), close: () => own.end() };
}

/** The driver takes 30 MB and a quarter of a second: it is loaded only where it is used. */
export function openMongodbFeeds(url: string): FeedStore {
  const opening = import('./engines/mongodb.ts').then(({ mongodbFeeds }) => mongodbFeeds(url));
  opening.catch(() => undefined); // whoever uses it hears of it
  return {
    add: async (entries) => (await opening).add(entries),
    read: async (hub, options) => (await opening).read(hub, options),
    isEmpty: async () => (await opening).isEmpty(),
    clear: async (hub) => (await opening).clear(hub),
    wrong: () =>
      opening.then(
        (feeds) => feeds.wrong(),
        (error: Error) => error.message,
      ),
    close: () =>
      opening.then(
        (feeds) => feeds.close(),
        () => undefined,
      ),
  };
}
