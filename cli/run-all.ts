// `hubs run all`: every process in one command. One that ends ends all, for whoever started this restarts it as a whole.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readSettings } from '../settings/settings.ts';
import { exitStatus } from './exit-status.ts';
import type { Listen } from './run-web.ts';

const names = ['web', 'listener', 'triage', 'worker', 'sse'] as const;
type Name = (typeof names)[number];

/** Each process stops by itself within 10 s; what is left then is killed. */
const STOP_MS = 9_700;

/**
 * Runs until a signal or until one process ends, then stops all, and this process with them.
 * @throws {SettingsError} before anything is started
 */
export async function runAll({ host, port }: Listen): Promise<void> {
  const { HEALTH_PORT } = readSettings();
  const children = names.map((name, at) => {
    // One after the other: they can't share a port.
    const own: Record<string, string> = HEALTH_PORT ? { HEALTH_PORT: String(HEALTH_PORT + at) } : {};
    const where = name === 'web' ? ['--host', host, '--port', String(port)] : [];
    const child = startProcess(name, where, own);
    console.error(`${name} runs as process ${child.pid}.`);
    return { name, child };
  });
  const signals = (['SIGTERM', 'SIGINT'] as const).map((signal) => once(process, signal).then(() => null));
  const reason = await Promise.race([...signals, ...children.map(({ name, child }) => endOf(name, child))]);
  if (reason) console.error(`${reason}; everything stops.`);
  const isClean = await stopAll(children.map(({ child }) => child));
  process.exit(reason || !isClean ? exitStatus.wrong : 0);
}

/** In a group of its own: Ctrl-C in the terminal reaches this process alone, which stops the others. */
function startProcess(name: Name, args: string[], env: Record<string, string>): ChildProcess {
  const [, program = ''] = process.argv;
  return spawn(process.execPath, [...process.execArgv, program, 'run', name, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
}

/** How it ended, as the beginning of a sentence. */
const endOf = (name: Name, child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('exit', (status, signal) =>
      resolve(`${name} ${signal ? `was killed by ${signal}` : `ended with ${status}`}`),
    );
    child.once('error', (error) => resolve(`${name} can't be started: ${error.message}`));
  });

/** @returns whether all ended by themselves */
async function stopAll(children: ChildProcess[]): Promise<boolean> {
  const running = children.filter(
    (child) => child.pid !== undefined && child.exitCode === null && child.signalCode === null,
  );
  const ended = running.map((child) => once(child, 'exit'));
  for (const child of running) child.kill('SIGTERM');
  const late = setTimeout(() => {
    for (const child of running) child.kill('SIGKILL');
  }, STOP_MS);
  await Promise.all(ended);
  clearTimeout(late);
  return running.every((child) => child.signalCode !== 'SIGKILL');
}
