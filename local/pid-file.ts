// A file that names a running process, and only that one: its number and when it started.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readStartTime } from './identity.ts';

const describe = (pid: number) => `${pid} ${readStartTime(pid) ?? 'ended'}\n`;

/** Notes a process; replaces what the file said. */
export function writePidFile(file: string, pid: number): void {
  writeFileSync(file, describe(pid), { mode: 0o600 });
}

/** The process that the file names, if that very one still runs. */
export function readPidFile(file: string): number | undefined {
  const [pid, started] = readOrNothing(file).trim().split(' ');
  return started && readStartTime(Number(pid)) === started ? Number(pid) : undefined;
}

/**
 * Notes this process, unless another that runs is noted.
 * @returns that other one's number; undefined when this one holds the file now
 */
export function claimPidFile(file: string): number | undefined {
  const own = `${file}.${process.pid}`;
  writePidFile(own, process.pid);
  try {
    for (;;) {
      if (linkOrNot(own, file)) return undefined;
      const holder = readPidFile(file);
      if (holder !== undefined) return holder;
      removeStale(file);
    }
  } finally {
    rmSync(own);
  }
}

/** Unlike writing, linking fails when the name is taken, and the file is complete from the start. */
function linkOrNot(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes the file away first and looks again: another start may have claimed the name since we read it. */
function removeStale(file: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return; // The other start removed it.
    throw error;
  }
  if (readPidFile(aside) !== undefined) linkOrNot(aside, file);
  rmSync(aside);
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
