import { hash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

export type Database = PrismaClient;
export type Pool = pg.Pool;

/** What a process has for its work (Prisma, feeds, jobs), all from one pool. */
const CONNECTIONS = 4;
/** A query without an answer for so long has lost its PostgreSQL, or holds up everything else: it fails. */
const QUERY_MS = 30_000;

/** @param queryMs enforced here, not by PostgreSQL: poolers take no such setting */
export interface PoolOptions {
  connections?: number;
  queryMs?: number;
  /** PostgreSQL's own settings, such as `-c enable_sort=off`; a pooler may not take them. */
  options?: string;
  /** No pooler stands between, so that each statement with values may be prepared, which plans it once. */
  isDirect?: boolean;
}

/** Connections that survive a PostgreSQL that goes away, also without a word, and comes back. */
export function openPool(
  url: string,
  { connections = CONNECTIONS, queryMs = QUERY_MS, options, isDirect = false }: PoolOptions = {},
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5_000,
    query_timeout: queryMs,
    options,
    keepAlive: true,
    // A connection that only listens sends nothing: it is asked whether it lives, where the system waits two hours.
    keepAliveInitialDelayMillis: 10_000,
  });
  // A connection that breaks is replaced at the next query, which reports it; unheard, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  if (isDirect) pool.on('connect', prepareStatements);
  return pool;
}

/** Statements with more values are lists of some length, each length another statement: those are not kept. */
const VALUES_OF_KEPT = 20;

/** Whoever asks, also Prisma: each statement with values is prepared under a name that its text has. */
function prepareStatements(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  const prepared = (asked: string | pg.QueryConfig, values: unknown, ...more: unknown[]) => {
    const config = typeof asked === 'string' ? { text: asked, values } : asked;
    if (!Array.isArray(config.values) || config.values.length > VALUES_OF_KEPT)
      return query(asked, values, ...more);
    const named = { ...config, name: hash('sha1', config.text, 'base64') };
    return typeof asked === 'string' ? query(named, ...more) : query(named, values, ...more);
  };
  Object.assign(client, { query: prepared });
}

/** Whoever asks whether PostgreSQL is there waits no longer. */
const ASK_MS = 3_000;

/** @throws when PostgreSQL does not answer */
export async function askDatabase(pool: pg.Pool): Promise<void> {
  await pool.query({ text: 'SELECT 1', query_timeout: ASK_MS } as pg.QueryConfig);
}

/** Prisma over the process's pool. Who opened the pool ends it. */
export const openDatabase = (pool: pg.Pool): Database => new PrismaClient({ adapter: new PrismaPg(pool) });
