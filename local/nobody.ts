// PostgreSQL refuses to run as root. Started by root it runs as `nobody`, who must reach its files.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  rmdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { completeFolder } from './complete-folder.ts';

export const isRoot = process.getuid?.() === 0;
const NOBODY = { uid: 65534, gid: 65534 };

/** Whom PostgreSQL runs as: nobody when root starts it, else whoever starts it. */
export const serverIds = isRoot ? { ids: NOBODY } : {};

/** Where files go that nobody can't reach in the clone, as below a closed home. Only root writes here. */
const OPEN_PLACE = '/var/lib/hubs-local';

const nobodyCan = (file: string, args: string[]) =>
  spawnSync(file, args, { ...NOBODY, cwd: '/', stdio: 'ignore' }).status === 0;

/**
 * A folder that belongs to whom PostgreSQL runs as, at `dir`. Where nobody can't get to `dir`, the folder
 * lies below /var/lib/hubs-local and `dir` is a link to it: use its real path.
 * @throws ENOTEMPTY when a folder that was reachable and in use has been closed since
 */
export function makeServerFolder(dir: string): void {
  if (lstatSync(dir, { throwIfNoEntry: false })?.isSymbolicLink()) {
    makeOpenFolder(readlinkSync(dir));
    return;
  }
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (!isRoot) return;
  chownSync(dir, NOBODY.uid, NOBODY.gid);
  if (nobodyCan('/bin/sh', ['-c', 'test -w "$0"', dir])) return;
  const elsewhere = join(OPEN_PLACE, nameFor(dir));
  rmdirSync(dir);
  makeOpenFolder(elsewhere);
  symlinkSync(elsewhere, dir);
}

/** Removes the folder, and what it links to when that is ours; a link that somebody else made stays, emptied. */
export function removeServerFolder(dir: string, content: string[]): void {
  const link = lstatSync(dir, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(dir) : undefined;
  if (link === undefined) {
    rmSync(dir, { recursive: true, force: true });
    return;
  }
  for (const name of content) rmSync(join(dir, name), { recursive: true, force: true });
  if (dirname(link) !== OPEN_PLACE) return;
  rmSync(link, { recursive: true, force: true });
  rmSync(dir);
}

function makeOpenFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(OPEN_PLACE, 0o755);
  chmodSync(folder, 0o700);
  chownSync(folder, NOBODY.uid, NOBODY.gid);
}

/**
 * The folder of programs, or a copy that nobody can run.
 * @param program one below `folder` that ends with 0 on --version; it also tries the libraries
 * @param version tells copies apart
 */
export async function openPrograms(folder: string, program: string, version: string): Promise<string> {
  if (!isRoot || nobodyCan(join(folder, program), ['--version'])) return folder;
  const copy = join(OPEN_PLACE, `programs-${version}`);
  await completeFolder(copy, async (unfinished) => {
    cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'a+rX', unfinished]);
    chmodSync(OPEN_PLACE, 0o755);
  });
  return copy;
}

const nameFor = (dir: string) => createHash('sha256').update(dir).digest('hex').slice(0, 12);
