// What every cache promises. An engine's test calls this with a way to open it, as often as asked.
import { expect, test } from 'vitest';
import { type Cache, VALUE_BYTES, ValueTooLarge } from './cache.ts';

/** @param open opens the engine anew on the same data; every test uses keys of its own */
export function promiseCache(open: () => Promise<Cache>): void {
  const opened = async (use: (cache: Cache) => Promise<void>) => {
    const cache = await open();
    try {
      await use(cache);
    } finally {
      await cache.close();
    }
  };

  test('what was never set is not there', () =>
    opened(async (cache) => {
      expect(await cache.get('never/set')).toBeNull();
      expect(await cache.delete('never/set')).toBe(false);
    }));

  test('a value comes back byte by byte, from another opening too', () =>
    opened(async (cache) => {
      const value = Buffer.from([0, 10, 13, 255, 0]);
      await cache.set('bytes', value);
      await cache.set('empty', Buffer.alloc(0));
      await opened(async (other) => {
        expect(await other.get('bytes')).toEqual(value);
        expect(await other.get('empty')).toEqual(Buffer.alloc(0));
      });
    }));

  test('many come in the order of the keys, with null where there is none', () =>
    opened(async (cache) => {
      await cache.set('many/a', Buffer.from('a'));
      await cache.set('many/b', Buffer.from('b'));
      const found = await cache.getMany(['many/b', 'many/none', 'many/a', 'many/b']);
      expect(found.map((value) => value?.toString() ?? null)).toEqual(['b', null, 'a', 'b']);
      expect(await cache.getMany([])).toEqual([]);
    }));

  test('setting replaces, deleting removes', () =>
    opened(async (cache) => {
      await cache.set('replaced', Buffer.from('a longer old value'));
      await cache.set('replaced', Buffer.from('new'));
      expect((await cache.get('replaced'))?.toString()).toBe('new');
      expect(await cache.delete('replaced')).toBe(true);
      expect(await cache.get('replaced')).toBeNull();
    }));

  test('the longest key and odd characters in keys stay apart', () =>
    opened(async (cache) => {
      const keys = ['k'.repeat(250), '../up', 'a/b', 'a\\b', 'A/b', "'; DROP", '%2e', '~'];
      await Promise.all(keys.map((key) => cache.set(key, Buffer.from(key))));
      expect((await cache.getMany(keys)).map(String)).toEqual(keys);
    }));

  test('a value of 1,000,000 bytes is kept, a larger one is refused and the old one stays', () =>
    opened(async (cache) => {
      const largest = Buffer.alloc(VALUE_BYTES, 7);
      await cache.set('large', largest);
      await expect(cache.set('large', Buffer.alloc(VALUE_BYTES + 1))).rejects.toThrow(ValueTooLarge);
      expect((await cache.get('large'))?.equals(largest)).toBe(true);
    }));

  test('a reader sees the old value or the new one, never a mixture', () =>
    opened(async (cache) => {
      const values = ['a', 'b'].map((letter) => Buffer.alloc(200_000, letter));
      await cache.set('torn', values[0] as Buffer);
      const writes = Array.from({ length: 20 }, (_, turn) => cache.set('torn', values[turn % 2] as Buffer));
      const reads = Array.from({ length: 40 }, () => cache.get('torn'));
      await Promise.all(writes);
      for (const value of await Promise.all(reads)) {
        expect(values.some((whole) => value?.equals(whole))).toBe(true);
      }
    }));

  test('nothing is wrong with a cache that can be used', () =>
    opened(async (cache) => expect(await cache.wrong()).toBeNull()));
}
