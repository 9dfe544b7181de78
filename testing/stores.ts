// What a test file stands on: stores of its own, on real servers.
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterAll, inject } from 'vitest';
import { startRedis } from '../local/redis.ts';
import { openDatabase, openPool } from '../prisma/client.ts';
import type { Context } from '../runtime/process.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import { withMongoDatabase } from './mongodb.ts';
import { TEMPLATE, withDatabase } from './template.ts';

export { freePort } from '../local/ports.ts';
export { until } from './until.ts';

/** A migrated, empty database that nobody else uses; it goes with the run's server. */
export async function createDatabase(): Promise<string> {
  const server = inject('postgresUrl');
  const name = `hubs_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  } finally {
    await client.end();
  }
  return withDatabase(server, name);
}

/** The same, open, for all tests of the file; closed after the last one. Called at the top of the file. */
export async function openTestDatabase() {
  const url = await createDatabase();
  const pool = openPool(url);
  const database = openDatabase(pool);
  afterAll(async () => {
    await database.$disconnect();
    await pool.end();
  });
  return { url, pool, database };
}

/** An empty MongoDB database that nobody else uses; its name begins with `hubs_test`. */
export const mongoDatabase = (): string =>
  withMongoDatabase(inject('mongodbUrl'), `hubs_test_${randomBytes(6).toString('hex')}`);

/** An empty folder that goes with the run. */
export const makeFolder = (name: string): string => mkdtempSync(join(inject('runFolder'), `${name}-`));

export interface TestRedis {
  /** Stays the same over stop and start. */
  url: string;
  /** Ends the server; what it held is gone, for it keeps nothing on disk. */
  stop(): Promise<void>;
  /** Ends it without a word (SIGKILL). */
  kill(): Promise<void>;
  /** Starts it again, empty, after a stop or kill. */
  start(): Promise<void>;
}

/** An empty Redis server that nobody else uses; it ends with the run at the latest. */
export async function startTestRedis(): Promise<TestRedis> {
  const dir = makeFolder('redis');
  const open = () => startRedis({ program: inject('redisProgram'), dir, port: 0, durable: false });
  let server = await open();
  return {
    url: server.url,
    stop: () => server.stop(),
    kill: () => server.kill(),
    async start() {
      server = await open();
    },
  };
}

/**
 * What a part of Hubs gets to run with: a silent log, metrics of its own, a cache folder of its own,
 * short intervals, any free port.
 */
export function testContext(given: {
  databaseUrl: string;
  redisUrl: string;
  overrides?: Partial<Settings>;
}): Context {
  const settings = readSettings({
    NODE_ENV: 'test',
    DATABASE_URL: given.databaseUrl,
    REDIS_URL: given.redisUrl,
    CACHE_URL: `file:${makeFolder('cache')}`,
    SSE_PORT: '0',
    HEALTH_PORT: '0',
    BEAT_MS: '200',
    // Who never beat is silent at once; a test process that is starved for so long ends.
    SILENCE_MS: '10000',
    LOAD_DEADLINE_MS: '2000',
  });
  return {
    settings: { ...settings, ...given.overrides },
    log: pino({ level: 'silent' }),
    metrics: new Registry(),
  };
}
