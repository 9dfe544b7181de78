// A feed as somebody reads it: in words, with their permissions and hides, and for a stream merged with the feeds of
// the hubs its person belongs to or follows. Pages, widgets and outputs all read here.
import { describe } from '../activity/describe.ts';
import { keysOf } from '../activity/keys.ts';
import { isRestricted } from '../activity/restricted.ts';
import { readTopic } from '../bus/topic.ts';
import type { HubInfo } from '../hubs/find-hub.ts';
import { type Hides, interestOf, nothingHidden, readHides } from '../hubs/hidden.ts';
import { feedKeys } from '../hubs/interests.ts';
import { may } from '../hubs/permissions.ts';
import { readStreamSources } from '../hubs/stream-sources.ts';
import { type Entry, FEED_LENGTH, type FeedStore } from './feed-store.ts';
import { type FeedFilter, passes } from './filter.ts';
import { withoutHiddenHubs } from './hidden-hubs.ts';
import { entryMessage } from './make-entry.ts';
import { newestFirst } from './newest-first.ts';
import type { FeedReader, ToldEntry } from './told-entry.ts';

interface Options extends FeedFilter {
  /** At most this many; 100 by default and at most. */
  limit?: number;
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
  const hides = await readHides(reader.database, reader.viewer);
  if (hub.type !== 'stream') return merge(reader, [hub], onHubs(hides), options);
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
  return merge(reader, readable, onHubs(await readHides(reader.database, reader.viewer)), options);
}

/** Hubs and interests are hidden from streams only: who goes to a hub wants to see it. */
const onHubs = ({ entries, kinds }: Hides): Hides => ({ ...nothingHidden, entries, kinds });

async function merge(
  reader: FeedReader,
  hubs: HubInfo[],
  hides: Hides,
  { limit = FEED_LENGTH, ...filter }: Options,
): Promise<ToldEntry[]> {
  const isFiltered = Object.values(filter).some(Boolean);
  const kept = await mergeFeeds(reader.feeds, hubs, hides, isFiltered ? FEED_LENGTH : limit);
  const known = await withoutHiddenHubs(reader, kept);
  return known.filter((entry) => passes(entry, filter)).slice(0, limit);
}

/** The newest entries of several feeds, each message once, without what is hidden. */
async function mergeFeeds(
  store: FeedStore,
  hubs: HubInfo[],
  hides: Hides,
  limit: number,
): Promise<ToldEntry[]> {
  const byId = new Map(hubs.map((hub) => [hub.id, { hub, interests: new Set(feedKeys(hub)) }]));
  const told = new Map<string, ToldEntry>();
  const shown = new Set<string>();
  let lastTime = Number.POSITIVE_INFINITY;
  for await (const entry of newestFirst(store, [...byId.keys()])) {
    // A message has the same time in every feed: of those that are older than the last one, nothing is missing.
    if (shown.size >= Math.min(limit, FEED_LENGTH) && entry.time < lastTime) break;
    lastTime = entry.time;
    const found = byId.get(entry.hub);
    if (!found || hides.entries.has(entry.messageId) || hides.kinds.has(entry.kind)) continue;
    const one = told.get(entry.messageId) ?? tell(entry);
    if (isRestricted(one.message.body)) continue;
    told.set(one.id, one);
    const keys = whyThere(one, entry, found.interests);
    one.sources.push({ hub: found.hub, keys });
    if (keys.some((key) => !hides.interests.has(interestOf(found.hub.id, key)))) shown.add(one.id);
  }
  return [...told.values()].filter(({ id }) => shown.has(id)).slice(0, limit);
}

function tell(entry: Entry): ToldEntry {
  const message = entryMessage(entry);
  return {
    id: entry.messageId,
    time: entry.time,
    kind: entry.kind,
    service: readTopic(entry.topic).category,
    message,
    activity: describe(message),
    sources: [],
  };
}

/** The interest it was written for, and every other one of the hub that it meets now. */
const whyThere = ({ message, activity }: ToldEntry, entry: Entry, interests: Set<string>): string[] => [
  ...new Set([entry.why, ...keysOf(message, activity).filter((key) => interests.has(key))]),
];
