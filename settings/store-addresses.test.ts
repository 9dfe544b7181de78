import { expect, test } from 'vitest';
import { readSettings, SettingsError } from './settings.ts';
import { readServers } from './store-addresses.ts';

const good = { DATABASE_URL: 'postgresql://hubs@localhost/hubs', REDIS_URL: 'redis://localhost:6379' };

const problemsOf = (env: Record<string, string>): string[] => {
  try {
    readSettings({ ...good, ...env });
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
};

test.each([
  ['FEEDS_URL', 'postgresql://hubs:a%40b@db/feeds'],
  ['FEEDS_URL', 'mongodb://localhost'],
  ['FEEDS_URL', 'mongodb://hubs:p%2Fw@a:27017,b:27017,[::1]:27017/feeds?replicaSet=rs0&tls=true'],
  ['FEEDS_URL', 'mongodb+srv://hubs@cluster.example.org/'],
  ['CACHE_URL', 'file:.data/cache'],
  ['CACHE_URL', 'memcached://a'],
  ['CACHE_URL', 'memcached://a:11211,b.example.org:11212,[::1]:11211/'],
  ['REDIS_URL', 'redis://:secret@localhost?path=/run/redis/redis.sock'],
])('%s may be %s', (name, value) => {
  expect(problemsOf({ [name]: value })).toEqual([]);
});

test.each([
  ['FEEDS_URL', 'mysql://db/feeds', 'is not an address that starts with postgresql:// or mongodb://'],
  ['FEEDS_URL', 'mongodb:/localhost', 'is not like postgresql://'],
  ['FEEDS_URL', 'mongodb://hubs:p@ss/word@db/feeds', 'write what is special in a password as %40'],
  ['FEEDS_URL', 'mongodb://a:27017,,b:27017/feeds', 'is not like postgresql://'],
  ['CACHE_URL', 'redis://localhost', 'starts with neither file: nor memcached://'],
  ['CACHE_URL', 'memcached://', 'is not like memcached://a:11211,b:11211'],
  ['CACHE_URL', 'memcached://a:port', 'is not like memcached://a:11211,b:11211'],
  ['CACHE_URL', 'memcached://me:secret@a:11211', 'no user, no password'],
  ['REDIS_URL', 'unix:///run/redis.sock', 'its socket is redis://localhost?path=/run/redis.sock'],
])('%s=%s is refused with the remedy', (name, value, remedy) => {
  expect(problemsOf({ [name]: value })).toEqual([
    expect.stringMatching(new RegExp(`^${name} .*${remedy.replace(/[?.]/g, '\\$&')}`)),
  ]);
});

test('servers of memcached are read each once and in one order, so that all processes agree', () => {
  const servers = [
    { host: '::1', port: 11_211 },
    { host: 'a', port: 11_211 },
    { host: 'b', port: 1 },
  ];
  expect(readServers('memcached://b:1, A,[::1]:11211,a:11211')).toEqual(servers);
  expect(readServers('memcached://[::1],b:1,a')).toEqual(servers);
});
