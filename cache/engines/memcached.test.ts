import { afterAll } from 'vitest';
import { startMemcached, type TestMemcached } from '../../testing/memcached.ts';
import { skipUnless } from '../../testing/skips.ts';
import { freePort } from '../../testing/stores.ts';
import { promiseCache } from '../cache.conformance.ts';
import { memcachedCache } from './memcached.ts';

const started: TestMemcached[] = [];
const start = async () => {
  const server = await startMemcached();
  started.push(server);
  return server;
};
afterAll(() => Promise.all(started.splice(0).map((server) => server.kill())));

skipUnless('memcached')('the cache in one memcached', async () => {
  const server = await start();
  promiseCache(async () => memcachedCache([server]));
});

skipUnless('memcached')('the cache in two memcached, one of them away', async () => {
  const servers = [await start(), { host: '127.0.0.1', port: await freePort() }];
  promiseCache(async () => memcachedCache(servers));
});
