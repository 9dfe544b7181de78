// How fast a feed store takes entries, as workers give them: batches of 50 messages, each into 3 feeds.
import { describe } from '../activity/describe.ts';
import type { Message } from '../bus/message.ts';
import { type Entry, FEED_LENGTH, type FeedStore } from '../feeds/feed-store.ts';
import { makeEntry } from '../feeds/make-entry.ts';

const BATCH = 50;
const FEEDS_EACH = 3;
const WRITERS = 4;

export interface StoreResult {
  /** Entries a second, with 4 writers. The baseline writes the same ones as they are, with no feed to keep in order. */
  entries: number;
  baseline: number;
}

/** Real messages again and again, each with an id of its own and a second younger than the one before. */
function makeBatches(messages: Message[], hubs: number, first: number, count: number): Entry[][] {
  return Array.from({ length: Math.ceil(count / BATCH / FEEDS_EACH) }, (_, batch) =>
    Array.from({ length: BATCH }, (_each, place) => {
      const number = first + batch * BATCH + place;
      const source = messages[number % messages.length] as Message;
      const message = { ...source, id: `bench-${number}`, time: 1_600_000_000_000 + number * 1_000 };
      const activity = describe(message);
      return Array.from({ length: FEEDS_EACH }, (_feed, feed) =>
        makeEntry(message, activity, {
          hub: 1 + ((number * FEEDS_EACH + feed) % hubs),
          why: 'package:bench',
        }),
      );
    }).flat(),
  );
}

/** @returns entries a second */
async function write(batches: Entry[][], add: (entries: Entry[]) => Promise<unknown>): Promise<number> {
  const waiting = [...batches];
  const before = performance.now();
  const writer = async () => {
    for (let batch = waiting.shift(); batch; batch = waiting.shift()) await add(batch);
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return Math.round(batches.flat().length / ((performance.now() - before) / 1_000));
}

/**
 * @param plainly writes entries as documents or rows of an empty place without any index but the key
 * @param hubs whose feeds are full when it is measured, so that each entry that comes in trims one out
 * @param count how many entries are measured
 */
export async function measureStore(
  messages: Message[],
  feeds: FeedStore,
  plainly: (entries: Entry[]) => Promise<unknown>,
  { hubs, count }: { hubs: number; count: number },
): Promise<StoreResult> {
  const full = hubs * FEED_LENGTH;
  await write(makeBatches(messages, hubs, 0, full), (entries) => feeds.add(entries));
  const batches = makeBatches(messages, hubs, full, count);
  return {
    baseline: await write(batches, plainly),
    entries: await write(batches, (entries) => feeds.add(entries)),
  };
}
