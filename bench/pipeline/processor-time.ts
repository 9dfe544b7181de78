// How much processor time processes took, from Linux's /proc.
import { readdirSync, readFileSync } from 'node:fs';

/** Of /proc/<pid>/stat (man 5 proc_pid_stat), on every Linux that runs Node. */
const TICK_MS = 10;

interface Stat {
  parent: number;
  /** Its own, and that of children which ended and were waited for. */
  ticks: number;
}

function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may hold anything.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent = 0, times] = [fields[1], fields.slice(11, 15)];
    return { parent, ticks: times.reduce((sum, one) => sum + one, 0) };
  } catch {
    return null; // it ended meanwhile
  }
}

/** Milliseconds of processor time of a process and its children, so far. */
function processorTimeMs(pid: number): number {
  const own = readStat(pid)?.ticks ?? 0;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat?.parent === pid);
  return TICK_MS * children.reduce((sum, stat) => sum + (stat?.ticks ?? 0), own);
}

/** Of each by its name. */
export const timeEach = (pids: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, processorTimeMs(pid)]));

/** What each took between two looks, per message. */
export function perMessage(
  before: Record<string, number>,
  after: Record<string, number>,
  messages: number,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after).map(([name, time]) => [name, (time - (before[name] ?? 0)) / messages]),
  );
}
