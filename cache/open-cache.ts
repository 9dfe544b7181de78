import { fileURLToPath } from 'node:url';
import type { Settings } from '../settings/settings.ts';
import type { Cache } from './cache.ts';
import { fileCache } from './engines/files.ts';

/** Opens the cache that CACHE_URL names: `file:///a/folder`, or `file:a/folder` below the working directory. */
export function openCache({ CACHE_URL }: Pick<Settings, 'CACHE_URL'>): Cache {
  return fileCache(
    CACHE_URL.startsWith('file:/') ? fileURLToPath(CACHE_URL) : CACHE_URL.slice('file:'.length),
  );
}
