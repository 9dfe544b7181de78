// Tells a process from a later one with the same number.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Field 22 of /proc/<pid>/stat; counted behind the command, which may hold spaces and brackets. */
const START_TIME = 19;

/**
 * When the process started, as an opaque text; together with the number it names one process only.
 * @returns undefined when no such process runs (a zombie does not run)
 */
export function readStartTime(pid: number): string | undefined {
  if (existsSync('/proc/self/stat')) return readProcStartTime(pid);
  try {
    const text = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return text.startsWith('Z') ? undefined : text.slice(text.indexOf(' ')).trim();
  } catch {
    return undefined; // ps ends with 1 when there is no such process.
  }
}

function readProcStartTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[START_TIME];
  } catch {
    return undefined; // The file goes with the process.
  }
}

/** What the process was started as, its arguments separated by spaces; undefined when it is gone. */
export function readCommandLine(pid: number): string | undefined {
  try {
    if (!existsSync('/proc/self/cmdline'))
      return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return undefined; // Gone, with its file.
  }
}

/** Asks a process that is not our child to end, kills it after `graceMs`, and returns when it is gone. */
export async function endProcess(pid: number, signal: NodeJS.Signals, graceMs = 10_000): Promise<void> {
  const started = readStartTime(pid);
  const runs = () => started !== undefined && readStartTime(pid) === started;
  const waitUntilGone = async (ms: number) => {
    for (const deadline = Date.now() + ms; runs() && Date.now() < deadline; ) await pause(25);
  };
  if (runs()) process.kill(pid, signal);
  await waitUntilGone(graceMs);
  if (runs()) process.kill(pid, 'SIGKILL');
  await waitUntilGone(5_000);
}
