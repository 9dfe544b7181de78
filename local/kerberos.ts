// The optional package `kerberos` is left out by npm where it can't be built; the tests want it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findOnPath } from './find-on-path.ts';
import { buildEnvironment } from './packages.ts';
import { explain } from './problem.ts';
import { runTool } from './run-tool.ts';

/** Builds it where it is missing and what builds it is there; says why where it can't. */
export async function buildKerberos(root: string, say: (line: string) => void): Promise<void> {
  if (isBuilt(root) || !findOnPath('krb5-config')) return;
  say('Building what speaks Kerberos …');
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  try {
    await runTool('Building kerberos', 'npm', [...args, `kerberos@${optionalDependencies.kerberos}`], {
      cwd: root,
      env: buildEnvironment(),
    });
  } catch (error) {
    say(`${explain(error)}\nTests that need Kerberos are skipped.`);
  }
}

function isBuilt(root: string): boolean {
  try {
    createRequire(join(root, 'package.json'))('kerberos');
    return true;
  } catch {
    return false; // Not there, or built for another system.
  }
}
