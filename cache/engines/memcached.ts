// Loaded values in memcached, spread over servers. Each key has its order of servers: the first that answers has the
// value. A server that was cut off and comes back may show an older value, with its age, until the next load.
import { createHash } from 'node:crypto';
import type { Client } from 'memjs';
import { type Cache, CacheAway, VALUE_BYTES, ValueTooLarge } from '../cache.ts';
import { type Address, type MemcachedServer, openServer, ServerAway } from './memcached-server.ts';

/** What nobody loaded anew for so long goes. memcached takes more than 30 days for a date. */
const EXPIRES_S = 7 * 86_400;

/** A server's place in a key's order: no other key's order changes where servers come or go. */
const weigh = (server: MemcachedServer, key: string): number =>
  createHash('sha1').update(`${server.name} ${key}`).digest().readUInt32BE();

/**
 * @param addresses at least one
 * @param options.say hears that a server went away or is back
 */
export function memcachedCache(
  addresses: Address[],
  {
    say = () => undefined,
    expiresS = EXPIRES_S,
  }: { say?: (sentence: string) => void; expiresS?: number } = {},
): Cache {
  const servers = addresses.map((address) => openServer(address, say));

  function orderFor(key: string): MemcachedServer[] {
    if (servers.length === 1) return servers;
    const weighed = servers.map((server) => ({ server, weight: weigh(server, key) }));
    return weighed.sort((a, b) => b.weight - a.weight).map(({ server }) => server);
  }

  async function ask<T>(key: string, question: (client: Client) => Promise<T>): Promise<T> {
    const away: string[] = [];
    for (const server of orderFor(key)) {
      try {
        return await server.ask(question);
      } catch (error) {
        if (!(error instanceof ServerAway)) throw error;
        away.push(error.message);
      }
    }
    throw new CacheAway(`memcached does not answer (${away.join('; ')})`);
  }

  const get = (key: string) => ask(key, async (client) => (await client.get(key)).value);

  return {
    get,
    // Each server's questions travel together, for nobody waits for an answer before the next one is asked.
    getMany: (keys) => Promise.all(keys.map(get)),
    async set(key, value) {
      if (value.length > VALUE_BYTES) throw new ValueTooLarge(key, value.length);
      await ask(key, (client) => client.set(key, value, { expires: expiresS }));
    },
    delete: (key) => ask(key, (client) => client.delete(key)),
    async wrong() {
      const answers = await Promise.allSettled(servers.map((one) => one.ask((client) => client.get('hubs'))));
      if (answers.some(({ status }) => status === 'fulfilled')) return null;
      const reasons = answers.flatMap((answer) =>
        answer.status === 'rejected' ? [answer.reason.message] : [],
      );
      return `memcached does not answer (CACHE_URL; ${reasons.join('; ')}); start it, what was cached is loaded anew.`;
    },
    async close() {
      for (const server of servers) server.close();
    },
  };
}
