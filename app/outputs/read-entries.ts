// The entries of a feed that its reader asked for.
import type { HubInfo } from '../../hubs/find-hub.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import { type FeedItem, toItems } from '../../widgets/feed/items.ts';
import type { Stores } from '../stores.ts';

/**
 * @param query `q` words that all stand in the entry, `service` such as `bodhi`, `kind` such as `bodhi.update.comment`
 * @returns the entries newest first, and the filter in words (empty: none)
 */
export async function readEntries(
  { database, feeds }: Pick<Stores, 'database' | 'feeds'>,
  hub: HubInfo,
  viewer: Viewer | null,
  query: URLSearchParams,
): Promise<{ items: FeedItem[]; filter: string }> {
  const words = asked(query, 'q').toLowerCase().split(/\s+/).filter(Boolean);
  const [service, kind] = [asked(query, 'service'), asked(query, 'kind')];
  const items = await toItems(database, await feeds.read(hub.id), viewer);
  const wanted = items.filter((item) => {
    const text = `${item.parts.map((part) => part.text).join('')} ${item.body ?? ''}`.toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (!service || item.service === service) &&
      (!kind || item.kind === kind)
    );
  });
  return { items: wanted, filter: [...words, service, kind].filter(Boolean).join(' ') };
}

const asked = (query: URLSearchParams, name: string): string => (query.get(name) ?? '').trim().slice(0, 200);
