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

/** Prisma over the process's pool. Who opened the pool ends it. */
export const openDatabase = (pool: pg.Pool): Database => new PrismaClient({ adapter: new PrismaPg(pool) });
