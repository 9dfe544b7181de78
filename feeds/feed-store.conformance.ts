// What every feed store promises. An engine's test calls this with a way to open it, empty, as often as asked.
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

/** @param open opens the engine anew on the same data; every test uses hubs of its own */
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
      expect(ids(await store.add([...entries, ...entries]))).toEqual(['m00002']);
      expect(ids(await store.read(entries[0]?.hub ?? 0))).toEqual(newestIds(entries));
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

  test('a limit above the length of a feed is that length', () =>
    opened(async (store) => {
      const entries = series(newHub(), FEED_LENGTH);
      await store.add(entries);
      expect(await store.read(entries[0]?.hub ?? 0, { limit: 1_000 })).toHaveLength(FEED_LENGTH);
    }));

  test('writers at the same time lose nothing, double nothing and leave 100', () =>
    opened(async (store) => {
      const hubs = [newHub(), newHub(), newHub()];
      const all = hubs.flatMap((hub) => series(hub, 160));
      const parts = Array.from({ length: 8 }, (_, part) => all.filter((_entry, index) => index % 8 === part));
      // Each part is written twice, by different writers, the hubs in different orders.
      await Promise.all([...parts, ...parts.map((part) => part.toReversed())].map((part) => store.add(part)));
      for (const hub of hubs) {
        expect(ids(await store.read(hub))).toEqual(newestIds(all.filter((one) => one.hub === hub)));
      }
    }));

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
