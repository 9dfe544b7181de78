import { type Entry, FEED_LENGTH, type FeedStore } from './feed-store.ts';

/** Few hubs are read whole at once, of many only as much as a hundred entries are likely to need. */
const lengthOfPage = (hubs: number): number =>
  Math.min(FEED_LENGTH, Math.max(10, Math.ceil((2 * FEED_LENGTH) / hubs)));

const isNewer = (a: Entry, b: Entry): boolean =>
  a.time > b.time || (a.time === b.time && a.messageId > b.messageId);

/**
 * The entries of several feeds as one, newest first; a message in several of them comes once for each. It reads no
 * further than it is asked.
 */
export async function* newestFirst(store: FeedStore, hubs: number[]): AsyncGenerator<Entry> {
  const limit = lengthOfPage(hubs.length);
  const feeds = await Promise.all(
    hubs.map(async (hub) => ({ hub, page: await store.read(hub, { limit }), next: 0 })),
  );
  for (;;) {
    let newest: (typeof feeds)[number] | undefined;
    for (const feed of feeds) {
      const entry = feed.page[feed.next];
      const best = newest?.page[newest.next];
      if (entry && (!best || isNewer(entry, best))) newest = feed;
    }
    const entry = newest?.page[newest.next];
    if (!newest || !entry) return;
    yield entry;
    newest.next += 1;
    if (newest.next < newest.page.length || newest.page.length < limit || limit === FEED_LENGTH) continue;
    const { time, messageId } = entry;
    newest.page = await store.read(newest.hub, { limit, before: { time, messageId } });
    newest.next = 0;
  }
}
