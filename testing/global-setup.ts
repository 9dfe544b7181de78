// Once per run: one PostgreSQL, and in it a migrated database that each test file copies.
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { endProcess, readCommandLine } from '../local/identity.ts';
import { findMongodb } from '../local/mongodb-program.ts';
import { freePort } from '../local/ports.ts';
import { createDatabaseOnce, removePostgres, startPostgres } from '../local/postgres.ts';
import { findRedis } from '../local/redis-program.ts';
import { migrate } from '../prisma/migrate.ts';
import { startMongodb, type TestMongodb } from './mongodb.ts';
import { TEMPLATE, withDatabase } from './template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    /** Everything the run writes lies below it, and goes with it. */
    runFolder: string;
    /** Empty where there is none. */
    mongodbUrl: string;
    redisProgram: { file: string; env: Record<string, string> };
  }
}

/** Tests throw their data away: nothing waits for the disk. */
const FORGETFUL = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'hubs-test-'));
  chmodSync(folder, 0o711); // PostgreSQL runs as nobody when the tests run as root.
  const dir = join(folder, 'postgres');
  const postgres = await startPostgres({
    dir,
    port: await freePort(),
    settings: FORGETFUL,
  });
  const template = withDatabase(postgres.url, TEMPLATE);
  await createDatabaseOnce(template);
  await migrate(template);
  project.provide('postgresUrl', postgres.url);
  project.provide('runFolder', folder);
  project.provide('redisProgram', await findRedis(join(import.meta.dirname, '../.data'), console.error));
  const mongodb = await startFoundMongodb(folder, postgres.url);
  project.provide('mongodbUrl', mongodb?.url ?? '');
  return async () => {
    await mongodb?.stop();
    await postgres.stop();
    await endForgotten(folder);
    removePostgres(dir);
    rmSync(folder, { recursive: true });
  };
}

async function startFoundMongodb(folder: string, postgresUrl: string): Promise<TestMongodb | undefined> {
  const found = findMongodb();
  return found && startMongodb(found, folder, postgresUrl);
}

/** Test processes end without their exit hooks: a server that a failed test left would run on. */
async function endForgotten(folder: string): Promise<void> {
  const pidFiles = readdirSync(folder).flatMap((name) =>
    ['redis.pid', 'memcached.pid'].map((file) => join(folder, name, file)),
  );
  for (const pidFile of pidFiles.filter((file) => existsSync(file))) {
    const pid = Number(readFileSync(pidFile, 'utf8'));
    if (readCommandLine(pid)?.includes(folder)) await endProcess(pid, 'SIGKILL');
  }
}
