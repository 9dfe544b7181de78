// A feed as somebody reads it: in words, with their permissions and hides, and for a stream merged with the feeds of
// the hubs its person belongs to or follows. Pages, widgets and outputs all read here.
import type { HubInfo } from '../hubs/find-hub.ts';
import { type Hides, listHidden, nothingHidden, toHides } from '../hubs/hidden.ts';
import { may } from '../hubs/permissions.ts';
import { readStreamSources } from '../hubs/stream-sources.ts';
import { FEED_LENGTH } from './feed-store.ts';
import { type FeedFilter, isFilter, passes } from './filter.ts';
import { withoutHiddenHubs } from './hidden-hubs.ts';
import { mergeFeeds } from './merge-feeds.ts';
import type { FeedReader, ToldEntry } from './told-entry.ts';

interface Options extends FeedFilter {
  /** At most this many; 100 by default and at most. */
  limit?: number;
  /** What the viewer hid, where that is known already. */
  hides?: Hides;
  /** Of a stream only its own entries: what addresses its person. */
  alone?: boolean;
}

/**
 * What the viewer reads in the hub's feed, newest first: the newest 100 that they may see and did not hide, of those
 * what passes the filter. A visitor's answer depends on nothing but hub and filter.
 * @returns null where they may not read this feed
 */
export async function readFeed(
  reader: FeedReader,
  hub: HubInfo,
  options: Options = {},
): Promise<ToldEntry[] | null> {
  if (!may(reader.viewer, 'read', hub)) return null;
  const hides = options.hides ?? (await readHides(reader));
  if (hub.type !== 'stream') return merge(reader, [hub], onHubs(hides), options);
  if (options.alone) return merge(reader, [hub], hides, options);
  const sources = await readStreamSources(reader.database, reader.viewer);
  const wanted = sources.filter(({ id }) => !hides.hubs.has(id));
  return merge(reader, [hub, ...wanted], hides, options);
}

/** The same of several hubs as one feed, as far as the viewer may read them. */
export async function readFeeds(
  reader: FeedReader,
  hubs: HubInfo[],
  options: Options = {},
): Promise<ToldEntry[]> {
  const readable = hubs.filter((hub) => may(reader.viewer, 'read', hub));
  return merge(reader, readable, onHubs(options.hides ?? (await readHides(reader))), options);
}

const readHides = async ({ database, viewer }: FeedReader): Promise<Hides> =>
  toHides(await listHidden(database, viewer));

/** Hubs and interests are hidden from streams only: who goes to a hub wants to see it. */
const onHubs = ({ entries, kinds }: Hides): Hides => ({ ...nothingHidden, entries, kinds });

async function merge(
  reader: FeedReader,
  hubs: HubInfo[],
  hides: Hides,
  { limit = FEED_LENGTH, q, service, kind }: Options,
): Promise<ToldEntry[]> {
  const filter = { q, service, kind };
  const wanted = isFilter(filter) ? FEED_LENGTH : Math.min(limit, FEED_LENGTH);
  const kept = await mergeFeeds(reader.feeds, hubs, hides, { limit: wanted });
  const known = await withoutHiddenHubs(reader, kept);
  return known.filter((entry) => passes(entry, filter)).slice(0, limit);
}
