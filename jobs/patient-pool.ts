// graphile-worker tells PostgreSQL that a job is done, or failed, without waiting for the answer: where it can't be
// told, the process dies of an error that nobody hears, the job with it. It tries again only after what it takes for
// short; so every absence is called that.
import type { PoolClient } from 'pg';
import type { Pool } from '../prisma/client.ts';
import { isStoreAway } from './store-away.ts';

/** Tried again after 50 ms, then with pauses of up to 7 s, a hundred times (graphile-worker, lib.js). */
const RETRIED = '40001';

function markAway(error: unknown): never {
  if (isStoreAway(error)) Object.assign(error as Error, { code: RETRIED });
  throw error;
}

/** The same pool, as graphile-worker needs it. */
export function makePatient(pool: Pool): Pool {
  const connect = async (): Promise<PoolClient> => {
    const client = await pool.connect().catch(markAway);
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
    const patient = {
      query: (...given: unknown[]) => query(...given).catch(markAway),
      release: client.release,
    };
    return patient as unknown as PoolClient;
  };
  return new Proxy(pool, {
    get(target, key) {
      if (key === 'connect')
        return (listener?: Parameters<Pool['connect']>[0]) =>
          listener ? target.connect(listener) : connect();
      const value = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
