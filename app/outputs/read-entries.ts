// The entries of a feed that its reader asked for, as its page shows them.
import { FEED_LENGTH } from '../../feeds/feed-store.ts';
import { readFeedQuery } from '../../feeds/filter.ts';
import type { HubInfo } from '../../hubs/find-hub.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import { type FeedOwn, readOwn } from '../../widgets/feed/read-own.ts';
import type { Stores } from '../stores.ts';

interface Read extends Pick<FeedOwn, 'items' | 'away'> {
  /** The filter in words; empty: none. */
  filter: string;
}

/**
 * All that is kept, newest first; what belongs together is one item, unless something is searched for.
 * @param query `?q=&service=&kind=` (feeds/filter.ts)
 */
export async function readEntries(
  { database, feeds, settings }: Stores,
  hub: HubInfo,
  viewer: Viewer | null,
  query: URLSearchParams,
): Promise<Read> {
  const { q, service, kind } = readFeedQuery(Object.fromEntries(query));
  const context = {
    ...{ database, feeds, viewer, now: Date.now() },
    ...{ filter: { q, service, kind }, userUrl: settings.ACCOUNTS_USER_URL },
  };
  const { items, away } = await readOwn(context, hub, { n: FEED_LENGTH });
  return { items, away, filter: [q, service, kind].filter(Boolean).join(' ') };
}
