import { afterAll, expect, test } from 'vitest';
import { openGate } from '../../testing/gate.ts';
import { startMemcached, type TestMemcached } from '../../testing/memcached.ts';
import { skipUnless } from '../../testing/skips.ts';
import { until } from '../../testing/stores.ts';
import { memcachedCache } from './memcached.ts';

const started: TestMemcached[] = [];
const start = async () => {
  const server = await startMemcached();
  started.push(server);
  return server;
};
afterAll(() => Promise.all(started.splice(0).map((server) => server.kill())));

const keys = Array.from({ length: 40 }, (_, number) => `key/${number}`);
const value = Buffer.from('a value');

skipUnless('memcached')('several memcached', () => {
  test('share the keys, and while one is away the other has all; one hears of it once', async () => {
    const [one, other] = [await start(), await start()];
    const said: string[] = [];
    const cache = memcachedCache([one, other], { say: (sentence) => said.push(sentence) });
    await Promise.all(keys.map((key) => cache.set(key, value)));
    const alone = memcachedCache([one]);
    const share = (await alone.getMany(keys)).filter(Boolean).length;
    expect(share).toBeGreaterThan(5);
    expect(share).toBeLessThan(35);

    await other.kill();
    await Promise.all(keys.map((key) => cache.set(key, value)));
    expect((await cache.getMany(keys)).filter(Boolean)).toHaveLength(keys.length);
    expect(await cache.wrong()).toBeNull();
    expect(said).toEqual([expect.stringContaining(`memcached 127.0.0.1:${other.port} is away (`)]);

    await other.start();
    await until(async () => {
      await cache.getMany(keys);
      return said.length === 2;
    });
    expect(said[1]).toBe(`memcached 127.0.0.1:${other.port} is back.`);
    await Promise.all([cache.close(), alone.close()]);
  });

  test('agree on the places of keys, in whatever order they are written', async () => {
    const servers = [await start(), await start()];
    const [one, reversed] = [memcachedCache(servers), memcachedCache(servers.toReversed())];
    await Promise.all(keys.map((key) => one.set(key, value)));
    expect((await reversed.getMany(keys)).filter(Boolean)).toHaveLength(keys.length);
    await Promise.all([one.close(), reversed.close()]);
  });
});

skipUnless('memcached')('a memcached', () => {
  test('that goes away is an error and a sentence, and is used again when it is back', async () => {
    const server = await start();
    const cache = memcachedCache([server]);
    await cache.set('a', value);
    await server.kill();
    await expect(cache.get('a')).rejects.toThrow(`memcached does not answer (127.0.0.1:${server.port}: `);
    await expect(cache.set('a', value)).rejects.toThrow('memcached does not answer');
    expect(await cache.wrong()).toContain('memcached does not answer (CACHE_URL; ');
    await server.start();
    await until(async () => (await cache.wrong()) === null);
    expect(await cache.get('a')).toBeNull();
    await cache.set('a', value);
    expect(await cache.get('a')).toEqual(value);
    await cache.close();
  });

  test('that stops in the middle of an answer does not mix it into the next ones', async () => {
    const gate = await openGate(await start());
    const cache = memcachedCache([{ host: '127.0.0.1', port: gate.port }]);
    const large = Buffer.alloc(900_000, 'l');
    await Promise.all([cache.set('large', large), cache.set('small', value)]);
    gate.stall(100_000);
    const cut = await Promise.allSettled([cache.get('large'), cache.get('small')]);
    expect(cut.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    gate.flow();
    await until(async () => (await cache.wrong()) === null);
    expect(await cache.get('small')).toEqual(value);
    expect((await cache.get('large'))?.equals(large)).toBe(true);
    await cache.close();
    await gate.shut();
  });

  test('forgets what was not loaded for long', async () => {
    const cache = memcachedCache([await start()], { expiresS: 1 });
    await cache.set('short', value);
    await until(async () => (await cache.get('short')) === null);
    await cache.close();
  });
});
