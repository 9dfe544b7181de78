// npm's packages, as the lock file has them.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runTool } from './run-tool.ts';

type Packages = Record<
  string,
  { version?: string; optional?: boolean; devOptional?: boolean; peer?: boolean }
>;

/**
 * Whether what is installed is what the lock file asks for.
 * @param locked,installed the `packages` of package-lock.json and of node_modules/.package-lock.json
 */
export function areInstalled(locked: Packages, installed: Packages): boolean {
  return Object.entries(locked).every(([place, { version, optional, devOptional }]) => {
    if (place === '') return true;
    const there = installed[place];
    // Another platform's binaries are not installed.
    return there ? there.version === version : Boolean(optional || devOptional);
  });
}

/**
 * Installs the packages when they are not those of the lock file.
 * @returns whether it did
 * @throws {Problem} with npm's last lines
 */
export async function installPackages(root: string, say: (line: string) => void): Promise<boolean> {
  // npm writes it last: a cut-off installation has none.
  const installed = join(root, 'node_modules/.package-lock.json');
  if (
    existsSync(installed) &&
    areInstalled(readPackages(join(root, 'package-lock.json')), readPackages(installed))
  ) {
    return false;
  }
  say('Installing the packages; that takes a minute …');
  await runTool('Installing the packages', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: buildEnvironment(),
  });
  return true;
}

/** Packages that are compiled find Node's headers where this Node brings its own; else node-gyp fetches them. */
export function buildEnvironment(): NodeJS.ProcessEnv {
  const home = dirname(dirname(process.execPath));
  const hasHeaders = existsSync(join(home, 'include/node/node_api.h'));
  return { ...process.env, ...(hasHeaders && { npm_config_nodedir: home }) };
}

const readPackages = (file: string): Packages => JSON.parse(readFileSync(file, 'utf8')).packages;
