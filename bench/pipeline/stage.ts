// All that a run needs: the stores and Hubs' processes as an operator starts them, and outside of Hubs a bus, a forum and
// a visitor, each a process of its own.
import { chmodSync, globSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openProcesses, type Processes, type ProcessName, root } from '../../e2e/processes.ts';
import { freePort } from '../../local/ports.ts';
import { startPostgres } from '../../local/postgres.ts';
import { startRedis } from '../../local/redis.ts';
import { findRedis } from '../../local/redis-program.ts';
import { openPool, type Pool } from '../../prisma/client.ts';
import { migrate } from '../../prisma/migrate.ts';
import { type Helper, startHelper } from './helper.ts';

export interface Stores {
  folder: string;
  pool: Pool;
  postgres: { url: string; pid: number };
  redis: {
    url: string;
    readonly pid: number;
    kill(): Promise<void>;
    /** After a kill. @param afterLosing what its disk does not have: the bytes written since then, or everything */
    start(afterLosing?: { since: number } | 'everything'): Promise<void>;
    /** How much it wrote to its disk so far. */
    written(): number;
  };
  stop(): Promise<void>;
}

/** Empty ones, on disk as bin/up has them. @param settings of PostgreSQL, on top */
export async function openStores(say: (line: string) => void, settings: string[] = []): Promise<Stores> {
  const folder = mkdtempSync(join(tmpdir(), 'hubs-bench-'));
  chmodSync(folder, 0o711); // PostgreSQL runs as nobody when root runs this.
  const postgres = await startPostgres({ dir: join(folder, 'postgres'), port: await freePort(), settings });
  const program = await findRedis(join(root, '.data'), say);
  const redisOptions = { program, dir: join(folder, 'redis'), port: await freePort(), durable: true };
  let redis = await startRedis(redisOptions);
  const journal = () => findJournal(redisOptions.dir);
  await migrate(postgres.url);
  const pool = openPool(postgres.url);
  return {
    folder,
    pool,
    postgres,
    redis: {
      url: redis.url,
      get pid() {
        return redis.pid;
      },
      kill: () => redis.kill(),
      async start(afterLosing) {
        if (afterLosing === 'everything') rmSync(dirname(journal()), { recursive: true });
        else if (afterLosing) truncateSync(journal(), afterLosing.since);
        redis = await startRedis(redisOptions);
      },
      written: () => statSync(journal()).size,
    },
    async stop() {
      await pool.end();
      await Promise.all([redis.stop(), postgres.stop()]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Of Redis's append-only files the one that it writes to. */
function findJournal(dir: string): string {
  const [newest] = globSync(join(dir, 'appendonlydir/*.incr.aof')).toSorted().toReversed();
  if (!newest) throw new Error(`Redis has no append-only file in ${dir}.`);
  return newest;
}

export const stages = ['listener', 'triage', 'worker', 'worker 2', 'sse'] as const satisfies ProcessName[];

export interface Stage {
  hubs: Processes;
  publisher: Helper;
  forum: Helper;
  visitor: Helper;
  stop(): Promise<void>;
}

/** @param env for Hubs' processes, on top */
export async function openStage(stores: Stores, env: Record<string, string> = {}): Promise<Stage> {
  const busPort = await freePort();
  const publisher = await startHelper('publisher', busPort);
  const forum = await startHelper('forum');
  const visitor = await startHelper('visitor');
  const hubs = await openProcesses(stores.folder, {
    DATABASE_URL: stores.postgres.url,
    REDIS_URL: stores.redis.url,
    CACHE_URL: `file:${join(stores.folder, 'cache')}`,
    BUS_ENDPOINTS: `tcp://127.0.0.1:${busPort}`,
    DISCOURSE_URL: await forum.ask<string>('url'),
    // All ask one forum, which is the bench's own.
    LOADS_PER_SERVICE: '8',
    LOG_LEVEL: 'warn',
    ...env,
  });
  const stop = async () => {
    for (const helper of [publisher, forum, visitor]) helper.stop();
    await hubs.stopAll();
  };
  try {
    await Promise.all([...stages.map((name) => hubs.start(name)), publisher.ask('subscribed', 1)]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { hubs, publisher, forum, visitor, stop };
}
