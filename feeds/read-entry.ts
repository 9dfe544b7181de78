import type { HubInfo } from '../hubs/find-hub.ts';
import { nothingHidden } from '../hubs/hidden.ts';
import { may } from '../hubs/permissions.ts';
import { readStreamSources } from '../hubs/stream-sources.ts';
import { FEED_LENGTH } from './feed-store.ts';
import { withoutHiddenHubs } from './hidden-hubs.ts';
import { mergeFeeds } from './merge-feeds.ts';
import type { FeedReader, ToldEntry } from './told-entry.ts';

/**
 * One entry of the hub's feed, also where the viewer hid it; in a stream with all the feeds behind it that have it.
 * @returns null where they may not read it, or the feed does not keep it (any more)
 */
export async function readEntry(reader: FeedReader, hub: HubInfo, id: string): Promise<ToldEntry | null> {
  const { feeds, database, viewer } = reader;
  if (!may(viewer, 'read', hub)) return null;
  const behind = hub.type === 'stream' ? await readStreamSources(database, viewer) : [];
  const found = await mergeFeeds(feeds, [hub, ...behind], nothingHidden, {
    limit: FEED_LENGTH * (1 + behind.length),
    only: id,
  });
  const [entry] = await withoutHiddenHubs(reader, found);
  return entry ?? null;
}
