// hubs-<version>.tar.gz: what `next build` and esbuild make, native packages, migrations, what an operator reads.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildWeb, makeOnce, WEB_SOURCES } from '../build.ts';
import { buildKerberos } from '../kerberos.ts';
import { runTool } from '../run-tool.ts';
import { bundleCommand } from './bundle.ts';
import { copyPackage, nativePackages } from './native.ts';

/** For whoever unpacks it: the guide and what it leads to. */
const PAPERS = [
  ...['.env.example', 'LICENSE', 'docs/operations.md'],
  ...['docs/architecture.md', 'docs/commands.md', 'docs/metrics.md'],
];
const SOURCES = [...WEB_SOURCES, ...PAPERS, 'cli', 'deploy', 'jobs', 'listener', 'local/dist', 'sse'];

/**
 * Makes the archive, unless it is made.
 * @returns its path; within it everything lies below hubs-<version>/
 * @throws {Problem} with the last lines of what failed
 */
export async function makeArchive(root: string, say: (line: string) => void): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const name = `hubs-${version}`;
  const file = join(root, 'dist', `${name}.tar.gz`);
  const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' };
  await buildKerberos(root, say);
  await buildWeb(root, env, say);
  await makeOnce(root, SOURCES, 'dist/made-from', async () => {
    say('Packing …');
    const folder = join(root, 'dist', name);
    rmSync(join(root, 'dist'), { recursive: true, force: true });
    await fillFolder(root, folder);
    // Whoever packs it: root's files, readable by all.
    const owners = ['--owner=0', '--group=0', '--numeric-owner', '--mode=u+rwX,go+rX,go-w', '--sort=name'];
    const pack = [...owners, '-C', join(root, 'dist'), '-czf', file, name];
    await runTool('Packing', 'tar', pack, { cwd: root });
    rmSync(folder, { recursive: true });
  });
  return file;
}

async function fillFolder(root: string, folder: string): Promise<void> {
  const copy = (from: string, to = from) =>
    cpSync(join(root, from), join(folder, to), { recursive: true, verbatimSymlinks: true });
  mkdirSync(folder, { recursive: true });
  copy('.next/standalone', 'web');
  // Next carries the settings of whoever builds along, secrets and all.
  for (const file of readdirSync(join(folder, 'web')))
    if (file.startsWith('.env')) rmSync(join(folder, 'web', file));
  copy('.next/static', 'web/.next/static');
  copy('prisma/migrations', 'lib/migrations');
  copy('deploy');
  copy('local/dist/bin', 'bin');
  copy('local/dist/start.cjs', 'lib/start.cjs');
  for (const paper of PAPERS) copy(paper);
  for (const name of nativePackages) copyPackage(root, name, folder);
  await bundleCommand(root, join(folder, 'lib'));
}
