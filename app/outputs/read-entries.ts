// The entries of a feed that its reader asked for.
import { readFeedQuery } from '../../feeds/filter.ts';
import { readFeed } from '../../feeds/read-feed.ts';
import type { HubInfo } from '../../hubs/find-hub.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import { type FeedItem, toItems } from '../../widgets/feed/items.ts';
import type { Stores } from '../stores.ts';

/**
 * @param query `?q=&service=&kind=` (feeds/filter.ts)
 * @returns the entries newest first, and the filter in words (empty: none)
 */
export async function readEntries(
  { database, feeds, settings }: Stores,
  hub: HubInfo,
  viewer: Viewer | null,
  query: URLSearchParams,
): Promise<{ items: FeedItem[]; filter: string }> {
  const { q, service, kind } = readFeedQuery(Object.fromEntries(query));
  const entries = (await readFeed({ database, feeds, viewer }, hub, { q, service, kind })) ?? [];
  // In their stream people are spoken to.
  const reader = hub.type === 'stream' ? viewer?.person.username : undefined;
  return {
    items: await toItems(database, entries, { viewer, reader, userUrl: settings.ACCOUNTS_USER_URL }),
    filter: [q, service, kind].filter(Boolean).join(' '),
  };
}
