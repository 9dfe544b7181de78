// Applies prisma/migrations without Prisma's CLI, in its own bookkeeping, under one lock.
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';

/** Prisma's own advisory lock number for migrations, so that its CLI and this runner exclude each other. */
const LOCK = 72707369;
const folder = new URL('migrations/', import.meta.url);

const quiet = new Logger(() => () => undefined);

/** The migrations can't be applied; the message says which and what to do. */
export class MigrationError extends Error {}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

export interface MigrationStatus {
  applied: string[];
  pending: string[];
  /** Applied, but the file has changed or gone since. */
  edited: string[];
}

/** All there are, in their order. */
export function readMigrations(): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(`${name}/migration.sql`, folder), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/** Opens a connection of its own, does the work, closes it. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function compare(client: pg.Client, migrations: Migration[]): Promise<MigrationStatus> {
  const known = await client.query(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists`);
  const rows = known.rows[0].exists
    ? (
        await client.query<{ migration_name: string; checksum: string }>(
          `SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
        )
      ).rows
    : [];
  const checksums = new Map(migrations.map((one) => [one.name, one.checksum]));
  const applied = new Set(rows.map((row) => row.migration_name));
  return {
    applied: [...applied].sort(),
    pending: migrations.filter((one) => !applied.has(one.name)).map((one) => one.name),
    edited: rows
      .filter((row) => checksums.get(row.migration_name) !== row.checksum)
      .map((row) => row.migration_name),
  };
}

/** Which migrations are applied, pending, or edited since. Changes nothing. */
export const migrationStatus = (url: string): Promise<MigrationStatus> =>
  withClient(url, (client) => compare(client, readMigrations()));

/**
 * Applies what is pending, each migration in a transaction of its own; a second runner waits for the first.
 * @param url a direct connection, no pooler: the lock belongs to the session
 * @returns the names it applied
 * @throws {MigrationError} when an applied migration was edited (nothing is changed), or a migration fails (that one is rolled back)
 */
export async function migrate(url: string): Promise<string[]> {
  const migrations = readMigrations();
  return withClient(url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
      id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
      logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count int NOT NULL DEFAULT 0)`);
    const { pending, edited } = await compare(client, migrations);
    if (edited.length > 0) {
      throw new MigrationError(
        `Applied migrations were edited or removed: ${edited.join(', ')}. Restore them; write a new one.`,
      );
    }
    for (const { name, sql, checksum } of migrations.filter((one) => pending.includes(one.name))) {
      try {
        await client.query('BEGIN');
        await client.query(sql);
        await client.query(
          `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) VALUES ($1, $2, now(), $3, 1)`,
          [randomUUID(), checksum, name],
        );
        await client.query('COMMIT');
      } catch (cause) {
        await client.query('ROLLBACK');
        throw new MigrationError(
          `Migration ${name} failed and was rolled back: ${(cause as Error).message}`,
          {
            cause,
          },
        );
      }
    }
    // graphile-worker keeps its tables by itself, in a schema of its own.
    await runMigrations({ connectionString: url, logger: quiet });
    return pending;
  });
}
