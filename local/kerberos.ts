// The optional package `kerberos` is left out by npm where it can't be built; the tests and the archive want it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOnPath } from './find-on-path.ts';
import { buildEnvironment } from './packages.ts';
import { explain } from './problem.ts';
import { runTool } from './run-tool.ts';

/** Debian's npm has a builder of its own, which links what it builds to Debian's Node: a newer one dies of that. */
const BUILDER = 'node-gyp@12.1.0';

/** Builds it where it is missing or broken and what builds it is there; says why where it can't. */
export async function buildKerberos(root: string, say: (line: string) => void): Promise<void> {
  if (!findOnPath('krb5-config') || (await canBeUsed(root))) return;
  say('Building what speaks Kerberos …');
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const install = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const folder = join(root, 'node_modules/kerberos');
  const build = ['exec', '--yes', `--package=${BUILDER}`, '--', 'node-gyp', 'rebuild', '--directory', folder];
  const options = { cwd: root, env: buildEnvironment() };
  try {
    await runTool(
      'Fetching kerberos',
      'npm',
      [...install, `kerberos@${optionalDependencies.kerberos}`],
      options,
    );
    await runTool('Building kerberos', 'npm', build, options);
  } catch (error) {
    say(`${explain(error)}\nFASJSON can’t be asked, and its tests are skipped.`);
  }
}

/** In a process of its own, for one that is built wrong ends it. */
const canBeUsed = (root: string): Promise<boolean> =>
  runTool('Using kerberos', process.execPath, ['-e', 'require("kerberos")'], { cwd: root }).then(
    () => true,
    () => false,
  );
