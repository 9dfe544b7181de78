import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

export type Database = PrismaClient;
export type Pool = pg.Pool;

/** A process uses at most this many connections, all from one pool (Prisma, feeds, jobs). */
const CONNECTIONS = 4;

/** The process's connections; they survive a PostgreSQL that goes away and comes back. */
export function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // A connection that breaks is replaced at the next query, which reports it; unheard, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Statements with more values are lists of some length, each length another statement: those are not kept. */
const VALUES_OF_KEPT = 20;

/**
 * Prisma over the process's pool. Who opened the pool ends it.
 * @param isDirect no pooler stands between, so that a connection may keep statements it prepared
 */
export const openDatabase = (pool: pg.Pool, { isDirect = false } = {}): Database =>
  new PrismaClient({
    adapter: new PrismaPg(pool, isDirect ? { statementNameGenerator: nameStatement } : {}),
  });

/** The empty name is nobody's: such a statement is forgotten at once. */
const nameStatement = ({ sql, args }: { sql: string; args: unknown[] }): string =>
  args.length > VALUES_OF_KEPT ? '' : createHash('sha1').update(sql).digest('base64');
