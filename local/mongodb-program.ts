// Finds a MongoDB, or builds FerretDB, a server that speaks its protocol, from testing/ferretdb. For tests only.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeFolder } from './complete-folder.ts';
import { findOnPath } from './find-on-path.ts';
import { explain } from './problem.ts';
import { runTool } from './run-tool.ts';

const root = join(import.meta.dirname, '..');
const sources = join(root, 'testing/ferretdb');
const GO = '/usr/local/go/bin/go';

export type Mongodb =
  /** It runs already. */
  | { kind: 'url'; url: string }
  | { kind: 'mongod'; file: string }
  /** Needs a PostgreSQL database. */
  | { kind: 'ferretdb'; file: string };

/** MONGODB_TEST_URL, `mongod` on the PATH, or FerretDB if it was built; undefined where there is none of them. */
export function findMongodb(): Mongodb | undefined {
  const url = process.env.MONGODB_TEST_URL;
  if (url) return { kind: 'url', url };
  const mongod = findOnPath('mongod');
  if (mongod) return { kind: 'mongod', file: mongod };
  const file = join(builtFolder(), 'ferretdb');
  return existsSync(file) ? { kind: 'ferretdb', file } : undefined;
}

/** Builds FerretDB where there is no MongoDB but Go; says why where it can't. */
export async function buildMongodb(say: (line: string) => void): Promise<void> {
  const go = findOnPath('go') ?? (existsSync(GO) ? GO : undefined);
  if (findMongodb() || !go) return;
  say('Building FerretDB, which stands in for MongoDB in the tests (a minute, once) …');
  try {
    await completeFolder(builtFolder(), async (folder) => {
      const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false' };
      const args = [
        'build',
        '-tags=ferretdb_no_sqlite',
        '-trimpath',
        '-ldflags=-s -w',
        '-o',
        join(folder, 'ferretdb'),
        '.',
      ];
      await runTool('Building FerretDB', go, args, { cwd: sources, env });
    });
  } catch (error) {
    say(`${explain(error)}\nTests that need MongoDB are skipped.`);
  }
}

/** Named by what it is built from. */
function builtFolder(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(sources).sort()) hash.update(readFileSync(join(sources, name)));
  return join(root, '.data/ferretdb', hash.digest('hex').slice(0, 16));
}

if (import.meta.main) await buildMongodb(console.log);
