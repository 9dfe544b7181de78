// Addresses of stores that may have several servers, `scheme://a:1,b:2`: those are no URLs.
import { z } from 'zod';

const startsWith = (text: string, ...schemes: string[]) =>
  schemes.some((scheme) => text.startsWith(`${scheme}:`));

const MONGODB = /^mongodb(\+srv)?:\/\/([^@/?\s]+@)?[^@/?,\s]+(,[^@/?,\s]+)*(\/[^/?\s]*)?(\?\S*)?$/;
const SERVER = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;

/** FEEDS_URL: PostgreSQL or MongoDB. */
export const feedsAddress = z
  .string()
  .refine((text) => startsWith(text, 'postgresql', 'postgres', 'mongodb', 'mongodb+srv'), {
    error:
      'is not an address that starts with postgresql:// or mongodb://; leave it out to keep feeds in DATABASE_URL',
    abort: true,
  })
  .refine((text) => (text.startsWith('mongodb') ? MONGODB.test(text) : URL.canParse(text)), {
    error:
      'is not like postgresql://user:password@host/database or mongodb://user:password@a:27017,b:27017/database?replicaSet=name; write what is special in a password as %40 and the like',
  });

/** CACHE_URL: a folder or memcached servers. */
export const cacheAddress = z
  .string()
  .refine((text) => startsWith(text, 'file', 'memcached'), {
    error: 'starts with neither file: nor memcached://; for example file:///var/cache/hubs',
    abort: true,
  })
  .refine((text) => (text.startsWith('file:') ? URL.canParse(text) : readServers(text) !== null), {
    error:
      'is not like memcached://a:11211,b:11211 (no user, no password, no path) or file:///var/cache/hubs',
  });

/**
 * The servers of `memcached://a:11211,b`, each once, in one order whatever order they are written in, so that all
 * processes keep a value in the same place; null where it is not like that.
 */
export function readServers(url: string): { host: string; port: number }[] | null {
  const [scheme, list] = url.replace(/\/$/, '').split('://');
  const names = (list ?? '').split(',').map((name) => name.trim().toLowerCase());
  if (scheme !== 'memcached' || !names.every((name) => SERVER.test(name))) return null;
  const addresses = names.map((name) => (/:\d+$/.test(name) ? name : `${name}:11211`));
  return [...new Set(addresses)].sort().map((address) => {
    const end = address.lastIndexOf(':');
    return { host: address.slice(0, end).replace(/^\[|\]$/g, ''), port: Number(address.slice(end + 1)) };
  });
}
