// What is made from the sources: Prisma's client and the web process's bundle. Made again when they changed.
import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './run-tool.ts';

/** At the root; of a folder everything counts. A name that is missing here is found by the test beside this file. */
export const WEB_SOURCES = [
  ...[
    'activity',
    'app',
    'bus',
    'cache',
    'feeds',
    'hubs',
    'ledger',
    'outputs',
    'prisma',
    'public',
    'runtime',
    'settings',
    'ui',
    'upstreams',
    'widgets',
  ],
  ...[
    'instrumentation.ts',
    'next.config.ts',
    'package-lock.json',
    'postcss.config.mjs',
    'proxy.ts',
    'tsconfig.json',
  ],
];
const IGNORED = /\.test\.tsx?$|\.conformance\.ts$|^generated$/;

/** Makes Prisma's client from the schema, unless it is made. @returns whether it did */
export async function generateClient(root: string): Promise<boolean> {
  const sources = ['prisma/schema.prisma', 'package-lock.json'];
  return makeOnce(root, sources, 'prisma/generated/made-from', async () => {
    await runTool("Generating Prisma's client", 'npx', ['prisma', 'generate', '--no-hints'], {
      cwd: root,
    });
  });
}

/** Builds the pages for production, unless they are built. @returns whether it did */
export async function buildWeb(
  root: string,
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
  signal?: AbortSignal,
): Promise<boolean> {
  return makeOnce(root, WEB_SOURCES, '.next/made-from', async () => {
    say('Building the pages …');
    const next = join(root, 'node_modules/next/dist/bin/next');
    await runTool('Building the pages', process.execPath, [next, 'build'], {
      cwd: root,
      env,
      ...(signal ? { signal } : {}),
    });
  });
}

/** Makes what `stamp` lies beside, unless it was made from these very sources. @returns whether it did */
export async function makeOnce(
  root: string,
  sources: string[],
  stamp: string,
  make: () => Promise<void>,
): Promise<boolean> {
  const digest = digestSources(root, sources);
  const file = join(root, stamp);
  if (existsSync(file) && readFileSync(file, 'utf8') === digest) return false;
  await make();
  writeFileSync(file, digest);
  return true;
}

/** One number for names and content of all sources. */
export function digestSources(root: string, sources: string[]): string {
  const hash = createHash('sha256');
  for (const name of sources) addToDigest(hash, join(root, name), name);
  return hash.digest('hex');
}

function addToDigest(hash: Hash, place: string, name: string): void {
  if (!existsSync(place) || IGNORED.test(name)) return;
  const entries = listFolder(place);
  if (!entries) {
    hash.update(`${place}\0`).update(readFileSync(place)).update('\0');
    return;
  }
  for (const entry of entries) addToDigest(hash, join(place, entry), entry);
}

function listFolder(place: string): string[] | undefined {
  try {
    return readdirSync(place).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}
