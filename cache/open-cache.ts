import { fileURLToPath } from 'node:url';
import type { Settings } from '../settings/settings.ts';
import { readServers } from '../settings/store-addresses.ts';
import type { Cache } from './cache.ts';
import { fileCache } from './engines/files.ts';
import { memcachedCache } from './engines/memcached.ts';

/**
 * Opens the cache that CACHE_URL names: `file:///a/folder`, `file:a/folder` below the working directory, or
 * `memcached://a:11211,b:11211`.
 * @param say hears that one of several servers went away or is back
 */
export function openCache(
  { CACHE_URL }: Pick<Settings, 'CACHE_URL'>,
  say?: (sentence: string) => void,
): Cache {
  const servers = readServers(CACHE_URL);
  return servers ? memcachedCache(servers, say && { say }) : fileCache(folderOf(CACHE_URL));
}

/** The folder that a `file:` address names. */
export const folderOf = (cacheUrl: string): string =>
  cacheUrl.startsWith('file:/') ? fileURLToPath(cacheUrl) : cacheUrl.slice('file:'.length);
