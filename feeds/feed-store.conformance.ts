// What every feed store promises. An engine's test calls this with a way to open it, empty, as often as asked.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Entry, FEED_LENGTH, type FeedStore } from './feed-store.ts';

const entry = (given: Partial<Entry> & { hub: number; messageId: string }): Entry => ({
  time: 1_700_000_000_000,
  topic: 'org.example.prod.git.receive',
  kind: 'git.receive',
  agent: 'mira',
  people: ['mira'],
  why: 'package:guake',
  message: JSON.stringify({ id: given.messageId }),
  ...given,
});

const series = (hub: number, count: number, from = 0): Entry[] =>
  Array.from({ length: count }, (_, index) => {
    const number = from + index;
    return entry({
      hub,
      messageId: `m${String(number).padStart(5, '0')}`,
      time: 1_700_000_000_000 + number * 1_000,
    });
  });

const ids = (entries: Entry[]) => entries.map(({ messageId }) => messageId);
const newestIds = (entries: Entry[]) => ids(entries).reverse().slice(0, FEED_LENGTH);

/** What a feed is, said in the simplest way. */
const newest = (entries: Entry[]): Entry[] =>
  [...new Map(entries.map((one) => [one.messageId, one])).values()]
    .sort((a, b) => b.time - a.time || Buffer.compare(Buffer.from(b.messageId), Buffer.from(a.messageId)))
    .slice(0, FEED_LENGTH);

/** @param open opens the engine anew on the same data, empty at first; every test uses hubs of its own */
export function promiseFeedStore(open: () => Promise<FeedStore>): void {
  let lastHub = 0;
  const newHub = () => ++lastHub;
  const opened = async (use: (store: FeedStore) => Promise<void>) => {
    const store = await open();
    try {
      await use(store);
    } finally {
      await store.close();
    }
  };

  test('an unknown hub has an empty feed', () =>
    opened(async (store) => {
      expect(await store.read(newHub())).toEqual([]);
    }));

  test('a store is empty until it has an entry, and once it has none', () =>
    opened(async (store) => {
      const hub = newHub();
      expect(await store.isEmpty()).toBe(true);
      await store.add(series(hub, 1));
      expect(await store.isEmpty()).toBe(false);
      await store.clear(hub);
      expect(await store.isEmpty()).toBe(true);
    }));

  test('an entry comes back as it was written, from another opening too', () =>
    opened(async (store) => {
      const odd = entry({
        hub: newHub(),
        messageId: 'odd',
        agent: null,
        people: ['ünïcode', '人', '', '{"a":1}', 'NULL', "it's, \\\\"],
        message: JSON.stringify({
          'dotted.key': { $dollar: ['\u0000', '\ud83d', '🚀'] },
          text: 'x'.repeat(16 * 1024),
        }),
      });
      expect(await store.add([odd])).toEqual([odd]);
      await opened(async (other) => expect(await other.read(odd.hub)).toEqual([odd]));
    }));

  test('newest comes first whatever the order of writing; the same time is ordered by id', () =>
    opened(async (store) => {
      const hub = newHub();
      const [a, b, c] = series(hub, 3) as [Entry, Entry, Entry];
      const twin = { ...b, messageId: 'M00001' }; // upper case sorts below lower case, as bytes do
      for (const one of [b, c, twin, a]) await store.add([one]);
      expect(ids(await store.read(hub))).toEqual(['m00002', 'm00001', 'M00001', 'm00000']);
    }));

  test('writing twice changes nothing, and only what is new is returned', () =>
    opened(async (store) => {
      const entries = series(newHub(), 3);
      expect(ids(await store.add(entries.slice(0, 2)))).toEqual(ids(entries.slice(0, 2)));
      const changed = entries.map((one) => ({ ...one, agent: 'somebody else' }));
      expect(ids(await store.add([...entries, ...changed]))).toEqual(['m00002']);
      expect(await store.read(entries[0]?.hub ?? 0)).toEqual(entries.toReversed());
    }));

  test('the newest 100 stay; an older one that comes late is not in the feed and not returned', () =>
    opened(async (store) => {
      const entries = series(newHub(), FEED_LENGTH + 50);
      const late = entries.slice(0, 10);
      const added = await store.add(entries.slice(10));
      expect(ids(added)).toEqual(ids(entries.slice(50)));
      expect(await store.add(late)).toEqual([]);
      expect(ids(await store.read(entries[0]?.hub ?? 0))).toEqual(newestIds(entries));
    }));

  test('one call writes into many hubs, and each stays apart', () =>
    opened(async (store) => {
      const [one, other] = [newHub(), newHub()];
      await store.add([...series(one, 3), ...series(other, 2)]);
      expect([(await store.read(one)).length, (await store.read(other)).length]).toEqual([3, 2]);
    }));

  test('a reader gets a page, and the next one from where it ended', () =>
    opened(async (store) => {
      const entries = series(newHub(), 7);
      const hub = entries[0]?.hub ?? 0;
      await store.add(entries);
      const first = await store.read(hub, { limit: 3 });
      const last = first.at(-1) as Entry;
      const second = await store.read(hub, {
        limit: 3,
        before: { time: last.time, messageId: last.messageId },
      });
      expect([...ids(first), ...ids(second)]).toEqual(newestIds(entries).slice(0, 6));
    }));

  test('a limit above the length of a feed is that length, and 0 is none', () =>
    opened(async (store) => {
      const entries = series(newHub(), FEED_LENGTH);
      await store.add(entries);
      expect(await store.read(entries[0]?.hub ?? 0, { limit: 1_000 })).toHaveLength(FEED_LENGTH);
      expect(await store.read(entries[0]?.hub ?? 0, { limit: 0 })).toEqual([]);
    }));

  test('writers at the same time lose nothing, double nothing and leave 100', () =>
    opened(async (store) => {
      const hubs = [newHub(), newHub()];
      const all = hubs.flatMap((hub) => series(hub, 150));
      const parts = Array.from({ length: 6 }, (_, part) => all.filter((_entry, index) => index % 6 === part));
      // Each part is written twice, by different writers, the hubs in different orders.
      await Promise.all([...parts, ...parts.map((part) => part.toReversed())].map((part) => store.add(part)));
      for (const hub of hubs) {
        expect(ids(await store.read(hub))).toEqual(newestIds(all.filter((one) => one.hub === hub)));
      }
    }));

  test('of writers of the same entries at the same time, one is told of each', () =>
    opened(async (store) => {
      const entries = series(newHub(), 20);
      const told = await Promise.all(Array.from({ length: 4 }, () => store.add(entries)));
      expect(ids(told.flat()).sort()).toEqual(ids(entries));
    }));

  test('while writers press new and late entries into a full feed, each reader sees 100 in order', () =>
    opened(async (store) => {
      const hub = newHub();
      const all = series(hub, 240);
      await store.add(all.slice(60, 160));
      let writing = true;
      const writers = Array.from({ length: 4 }, async (_, writer) => {
        const late = all.slice(writer * 15, writer * 15 + 15);
        await store.add(late);
        for (const one of [0, 1]) await store.add(all.slice(160 + writer * 20 + one * 10).slice(0, 10));
      });
      const written = Promise.all(writers).finally(() => {
        writing = false;
      });
      while (writing) {
        const seen = ids(await store.read(hub));
        expect(seen).toHaveLength(FEED_LENGTH);
        expect(seen).toEqual([...new Set(seen)].sort().reverse());
      }
      await written;
      expect(ids(await store.read(hub))).toEqual(newestIds(all));
    }));

  test('senders whose clocks are wrong stand where their clocks say', () =>
    opened(async (store) => {
      const hub = newHub();
      const now = 1_700_000_000_000;
      const skewed = [0, 1, now - 3_600_000, now - 1, now, now + 1, now + 86_400_000, 253_402_300_799_999];
      const entries = skewed.map((time, index) => entry({ hub, messageId: `s${index}`, time }));
      for (const one of [entries[4], ...entries.toReversed()]) await store.add([one as Entry]);
      expect((await store.read(hub)).map(({ time }) => time)).toEqual(skewed.toReversed());
    }));

  test('ids are compared as bytes, whatever characters they have', () =>
    opened(async (store) => {
      const hub = newHub();
      // The last two change places where UTF-16 is compared, as JavaScript does.
      const odd = ['$where', '.', 'A b', 'Z', 'a.b.c', 'ä', 'a\u0308', '～', '🚀'];
      const byBytes = odd.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      await store.add(odd.map((messageId) => entry({ hub, messageId })));
      expect(ids(await store.read(hub))).toEqual(byBytes.toReversed());
      const [before] = await store.read(hub, { limit: 1 });
      expect(ids(await store.read(hub, before && { before }))).toEqual(byBytes.toReversed().slice(1));
    }));

  test('trimming keeps the newest 100, whatever comes in whatever order, and tells of what stayed', () =>
    opened((store) =>
      fc.assert(
        fc.asyncProperty(
          // Few times, so that many are the same; numbers name messages, so that some come again.
          fc.array(fc.array(fc.nat(400), { minLength: 30, maxLength: 120 }), { minLength: 2, maxLength: 4 }),
          async (batches) => {
            const hub = newHub();
            let feed: Entry[] = [];
            for (const batch of batches) {
              const entries = batch.map((number) =>
                entry({ hub, messageId: `p${number}`, time: 1_700_000_000_000 + (number % 40) * 1_000 }),
              );
              const before = new Set(ids(feed));
              feed = newest([...feed, ...entries]);
              const told = await store.add(entries);
              expect(ids(told).sort()).toEqual(ids(feed.filter((one) => !before.has(one.messageId))).sort());
              expect(ids(await store.read(hub))).toEqual(ids(feed));
            }
          },
        ),
        { numRuns: 6 },
      ),
    ));

  test('clearing removes one feed and leaves the others', () =>
    opened(async (store) => {
      const [one, other] = [newHub(), newHub()];
      await store.add([...series(one, 2), ...series(other, 2)]);
      await store.clear(one);
      expect([(await store.read(one)).length, (await store.read(other)).length]).toEqual([0, 2]);
    }));

  test('nothing is wrong with a store that can be used', () =>
    opened(async (store) => expect(await store.wrong()).toBeNull()));
}
