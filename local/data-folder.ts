// The folder where bin/up keeps everything: made, told from other people's folders, emptied.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claimPidFile } from './pid-file.ts';
import { removePostgres } from './postgres.ts';
import { Problem } from './problem.ts';

/** What --reset removes. Not programs, which are no data, and not `run`, which tells who is at work. */
const STORED = ['postgresql', 'redis', 'cache', 'compile-cache', 'logs', 'env', 'ports.json'];
const MARK = 'about.txt';
const KNOWN = [...STORED, MARK, 'run', 'redis-program', 'ferretdb', 'bench-smallest', 'lost+found'];
/** A fresh database with its log takes 60 MB; below this nothing starts well. */
const LEAST_FREE_MB = 200;
/** PostgreSQL writes its log in pieces of 16 MB; Redis rewrites its own. */
const RUNNING_MB = 48;

/**
 * Makes the folder ready for this process alone.
 * @returns how to give it back
 * @throws {Problem} when it is somebody else's, full, or another bin/up is at work in it
 */
export function openDataFolder(data: string): () => void {
  mkdirSync(data, { recursive: true });
  demandOwnFolder(data);
  demandSpace(data);
  mkdirSync(join(data, 'run'), { recursive: true });
  const lock = join(data, 'run', 'up');
  const holder = claimPidFile(lock);
  if (holder !== undefined) {
    throw new Problem(
      `bin/up already runs on ${data} (process ${holder}). Use that one, stop it, or choose another folder with --data DIR.`,
    );
  }
  return () => rmSync(lock, { force: true });
}

/** A folder with other things in it is refused: --reset would remove what has one of our names. */
function demandOwnFolder(data: string): void {
  const mark = join(data, MARK);
  if (existsSync(mark)) return;
  const foreign = readdirSync(data).filter((name) => !KNOWN.includes(name));
  if (foreign.length > 0) {
    throw new Problem(
      `${data} holds other things (${foreign.slice(0, 3).join(', ')}). Choose a folder of its own with --data DIR.`,
    );
  }
  writeFileSync(
    mark,
    'bin/up of Hubs keeps its stores, settings and logs here. bin/up --reset empties it.\n',
  );
}

function demandSpace(data: string): void {
  const freeMb = readFreeMb(data);
  if (freeMb >= LEAST_FREE_MB) return;
  throw new Problem(
    `The disk of ${data} is full: ${freeMb} MB are free, ${LEAST_FREE_MB} MB are needed. Free some space, or choose another folder with --data DIR.`,
  );
}

/**
 * Looks every few seconds how much room is left: stores that can't write do not die at once, they only refuse.
 * @param say gets a sentence when the disk fills up, when there is room again, and when the folder is gone
 * @returns how to end it
 */
export function watchSpace(data: string, say: (line: string) => void, everyMs = 5_000): () => void {
  let wasFull = false;
  const timer = setInterval(() => {
    if (!existsSync(data)) {
      clearInterval(timer);
      say(`${data} is gone, and Hubs can't run without it. Stop it, and start it again.`);
      return;
    }
    const freeMb = readFreeMb(data);
    const isFull = freeMb < RUNNING_MB;
    if (isFull && !wasFull)
      say(`The disk of ${data} is full: ${freeMb} MB are free. Free some space, or Hubs stands still.`);
    if (!isFull && wasFull) say(`The disk of ${data} has room again: ${freeMb} MB are free.`);
    wasFull = isFull;
  }, everyMs);
  return () => clearInterval(timer);
}

function readFreeMb(data: string): number {
  const { bavail, bsize } = statfsSync(data);
  return Math.floor((bavail * bsize) / 1024 ** 2);
}

/** Removes stores, settings and logs of bin/up; nothing else that lies in the folder. */
export function resetData(data: string): void {
  removePostgres(join(data, 'postgresql'));
  for (const name of STORED.filter((one) => one !== 'postgresql')) {
    rmSync(join(data, name), { recursive: true, force: true });
  }
}

/** Logs grow from one start to the next but one. */
export function setLogsAside(data: string): void {
  const folder = join(data, 'logs');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.log'))) {
    renameSync(join(folder, name), join(folder, `${name}.1`));
  }
}
