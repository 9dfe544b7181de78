// Packages with native code go into the archive as they are: a bundler can't take them in.
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const nativePackages = ['zeromq', 'kerberos'];

/** Builds of other systems, sources, and what only an installation needs. */
const NOT_RUN =
  /^(src|script|scripts|deps|node_modules|build\/(darwin|win32))(\/|$)|\.(cc|h|map|md|mts|d\.ts|d\.mts)$/;
const INSTALLS = ['node-addon-api', 'prebuild-install'];

/** Copies a package and what it depends on into the folder's node_modules; an optional one may be missing. */
export function copyPackage(root: string, name: string, folder: string): void {
  const place = join(root, 'node_modules', name);
  if (!existsSync(place)) return;
  cpSync(place, join(folder, 'node_modules', name), {
    recursive: true,
    filter: (file) => !NOT_RUN.test(relative(place, file)),
  });
  const { dependencies = {} } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
  for (const needed of Object.keys(dependencies)) {
    if (!INSTALLS.includes(needed)) copyPackage(root, needed, folder);
  }
}
