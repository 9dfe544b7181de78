// Several feeds as one: each message once, in words, without what the reader hid.
import { readTopic } from '../bus/topic.ts';
import type { HubInfo } from '../hubs/find-hub.ts';
import { type Hides, interestOf } from '../hubs/hidden.ts';
import { feedKeys } from '../hubs/interests.ts';
import type { Entry, FeedStore } from './feed-store.ts';
import { newestFirst } from './newest-first.ts';
import { putInWords } from './put-in-words.ts';
import type { ToldEntry } from './told-entry.ts';

interface Wanted {
  limit: number;
  /** The id of the one message that is wanted. */
  only?: string;
}

/**
 * The newest entries that are left. It reads no further in the feeds than it must; what is restricted is left out,
 * even where it was written.
 */
export async function mergeFeeds(
  store: FeedStore,
  hubs: HubInfo[],
  hides: Hides,
  { limit, only }: Wanted,
): Promise<ToldEntry[]> {
  const byId = new Map(hubs.map((hub) => [hub.id, { hub, interests: new Set(feedKeys(hub)) }]));
  const told = new Map<string, ToldEntry>();
  const shown = new Set<string>();
  let lastTime = Number.POSITIVE_INFINITY;
  for await (const entry of newestFirst(store, [...byId.keys()])) {
    // A message has the same time in every feed: of those that are older than the last one, nothing is missing.
    if (shown.size >= limit && entry.time < lastTime) break;
    lastTime = entry.time;
    if (only !== undefined && entry.messageId !== only) continue;
    const found = byId.get(entry.hub);
    if (!found || hides.entries.has(entry.messageId) || hides.kinds.has(entry.kind)) continue;
    const one = told.get(entry.messageId) ?? tell(entry);
    // What Hubs itself says of a private hub is for who may know of that hub (hidden-hubs.ts).
    if (one.service !== 'hubs' && putInWords(entry).restricted) continue;
    told.set(one.id, one);
    const keys = whyThere(entry, found.interests);
    one.sources.push({ hub: found.hub, keys });
    if (keys.some((key) => !hides.interests.has(interestOf(found.hub.id, key)))) shown.add(one.id);
  }
  return [...told.values()].filter(({ id }) => shown.has(id)).slice(0, limit);
}

function tell(entry: Entry): ToldEntry {
  const { message, activity } = putInWords(entry);
  const { messageId: id, time, kind, topic } = entry;
  return { id, time, kind, service: readTopic(topic).category, message, activity, sources: [] };
}

/** The interest it was written for, and every other one of the hub that it meets now. */
const whyThere = (entry: Entry, interests: Set<string>): string[] => [
  ...new Set([entry.why, ...putInWords(entry).keys.filter((key) => interests.has(key))]),
];
