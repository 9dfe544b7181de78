// A MongoDB for tests; each has databases of its own in it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { MongoClient } from 'mongodb';
import type { Mongodb } from '../local/mongodb-program.ts';
import { freePort } from '../local/ports.ts';
import { createDatabaseOnce } from '../local/postgres.ts';
import { withDatabase } from './template.ts';
import { until } from './until.ts';

export interface TestMongodb {
  /** Without a database. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts the one that was found; what it writes goes with the folder.
 * @param postgresUrl a server's, on which FerretDB keeps what it is given, in a database of its own
 */
export async function startMongodb(
  found: Mongodb,
  folder: string,
  postgresUrl: string,
): Promise<TestMongodb> {
  if (found.kind === 'url') return { url: found.url, stop: async () => undefined };
  if (found.kind === 'mongod') return startMongod(found.file, folder);
  const database = withDatabase(postgresUrl, 'ferretdb');
  await createDatabaseOnce(database);
  const child = spawn(found.file, ['0', database], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const [url] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(([code]) => Promise.reject(new Error(`FerretDB ended with ${code}`))),
  ]);
  return {
    url,
    async stop() {
      child.stdin.end(); // its sign to end, also where this process is killed
      await ended;
    },
  };
}

async function startMongod(file: string, folder: string): Promise<TestMongodb> {
  const data = join(folder, 'mongodb');
  mkdirSync(data);
  const port = await freePort();
  const args = [
    '--dbpath',
    data,
    '--port',
    String(port),
    '--bind_ip',
    '127.0.0.1',
    '--nounixsocket',
    '--quiet',
  ];
  const child = spawn(file, args, { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const client = new MongoClient(`mongodb://127.0.0.1:${port}`, { serverSelectionTimeoutMS: 1_000 });
  try {
    await until(() => client.db('admin').command({ ping: 1 }), { deadlineMs: 30_000, everyMs: 100 });
  } finally {
    await client.close();
  }
  return {
    url: `mongodb://127.0.0.1:${port}/`,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** scheme and user, servers, database, options */
const FORM = /^([^:]+:\/\/(?:[^@/]*@)?)([^/?]+)(?:\/([^?]*))?(\?.*)?$/;

/** The same server, another database; whatever else the address says stays. */
export function withMongoDatabase(url: string, name: string): string {
  const [, user, servers, , options = ''] = FORM.exec(url) ?? [];
  return `${user}${servers}/${name}${options}`;
}

/** The address's first server. */
export function mongoServer(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(`tcp://${FORM.exec(url)?.[2]?.split(',')[0]}`);
  return { host: hostname, port: Number(port || 27_017) };
}

/** The same user and database through a gate (gate.ts) to that server. */
export function gatedMongoUrl(url: string, port: number): string {
  const [, user, , name = '', given] = FORM.exec(url) ?? [];
  const options = new URLSearchParams(given);
  options.delete('replicaSet');
  options.set('directConnection', 'true');
  return `${user}127.0.0.1:${port}/${name}?${options}`;
}
