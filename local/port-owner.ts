import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readCommandLine } from './identity.ts';

const LISTENING = '0A';
/** Of a command line that is shown. */
const LONGEST = 80;

/**
 * Who listens on a port, like "node server.js (process 4711)".
 * @returns undefined where that can't be seen: no /proc, or another user's process
 */
export function findPortOwner(port: number): string | undefined {
  try {
    const socket = findSocket(port);
    const pid = socket && findHolder(socket);
    return pid ? `${readCommandLine(Number(pid))?.trim().slice(0, LONGEST)} (process ${pid})` : undefined;
  } catch {
    return undefined; // It only makes a sentence better.
  }
}

function findSocket(port: number): string | undefined {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .map((line) => line.trim().split(/\s+/))
    .find((fields) => fields[1]?.endsWith(`:${hex}`) && fields[3] === LISTENING)?.[9];
}

function findHolder(socket: string): string | undefined {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.find((pid) => {
    const folder = `/proc/${pid}/fd`;
    const open = unlessGone(() => readdirSync(folder)) ?? [];
    return open.some((name) => unlessGone(() => readlinkSync(`${folder}/${name}`)) === `socket:[${socket}]`);
  });
}

/** Processes and their files go while one looks; other users' can't be looked at. */
function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
