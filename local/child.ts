// One child process: started with its output in a file, waited for, stopped within a deadline.
import { spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from './problem.ts';

export interface Command {
  file: string;
  args: string[];
  /** The whole environment; the starter's own when left out. */
  env?: NodeJS.ProcessEnv;
  /** Another user to run as; only root may say so. */
  ids?: { uid: number; gid: number };
  cwd?: string;
  /** What asks it to end cleanly; SIGTERM when left out. */
  stopSignal?: NodeJS.Signals;
}

export interface Child {
  pid: number;
  runs(): boolean;
  logFile: string;
  /** What it wrote since it was started. */
  output(): string;
  /** How it ended, in words ("ended with 1", "was killed by SIGKILL"); never rejects. */
  ended: Promise<string>;
  /** Asks it to end, and kills it when it has not after `graceMs`. */
  stop(graceMs?: number): Promise<void>;
  kill(): Promise<void>;
}

const GRACE_MS = 10_000;

/**
 * Starts a command in a process group of its own, so that Ctrl-C in the terminal reaches only its starter.
 * @param logFile gets its output, appended: the child can write on when its starter is gone
 * @throws with a sentence when it can't be started at all
 */
export async function startChild(command: Command, logFile: string): Promise<Child> {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  const before = fstatSync(log).size;
  const child = spawn(command.file, command.args, {
    stdio: ['ignore', log, log],
    detached: true,
    ...(command.env ? { env: command.env } : {}),
    ...(command.cwd ? { cwd: command.cwd } : {}),
    ...command.ids,
  });
  closeSync(log);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) =>
      resolve(signal ? `was killed by ${signal}` : `ended with ${code ?? 'no status'}`),
    );
    child.once('error', (error) => resolve(`can't be started: ${error.message}`));
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command.file} ${await ended}`);
  /** The whole group: what it started itself goes with it. */
  const killGroup = () =>
    child.exitCode === null && child.signalCode === null && process.kill(-pid, 'SIGKILL');
  return {
    pid,
    logFile,
    output: () => readFileSync(logFile).subarray(before).toString(),
    ended,
    runs: () => child.exitCode === null && child.signalCode === null,
    async stop(graceMs = GRACE_MS) {
      child.kill(command.stopSignal ?? 'SIGTERM');
      const timer = setTimeout(killGroup, graceMs);
      await ended;
      clearTimeout(timer);
    },
    async kill() {
      killGroup();
      await ended;
    },
  };
}

const LAST_LINES = 8;

/**
 * Asks until the child is ready.
 * @param isReady what it throws counts as "not yet"
 * @throws {Problem} with the last lines it wrote, when it ends first or is not ready in time
 */
export async function waitUntilReady(
  child: Child,
  isReady: () => Promise<boolean>,
  deadlineMs: number,
): Promise<void> {
  let end: string | undefined;
  void child.ended.then((how) => {
    end = how;
  });
  const deadline = Date.now() + deadlineMs;
  while (!(await isReady().catch(() => false))) {
    const late = Date.now() > deadline ? `was not ready within ${deadlineMs / 1000} s` : undefined;
    const wrong = end ?? late;
    if (wrong) {
      const lines = child.output().trimEnd().split('\n').slice(-LAST_LINES);
      throw new Problem(`${wrong}. The end of ${child.logFile}:\n${lines.join('\n')}`);
    }
    await pause(25);
  }
}
