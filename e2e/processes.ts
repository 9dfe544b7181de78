// Hubs' own processes, as an operator starts them.
import { join } from 'node:path';
import { type Child, startChild, waitUntilReady } from '../local/child.ts';
import { freePort } from '../local/ports.ts';

export const root = join(import.meta.dirname, '..');

const names = ['sse', 'listener', 'triage', 'worker', 'web'] as const;
/** A second worker shares the first one's work. */
export type ProcessName = (typeof names)[number] | 'worker 2';

export interface Processes {
  /** Where the web answers. */
  url: string;
  /** Where the SSE server itself answers. */
  sseUrl: string;
  /** The private port of one that was started. */
  healthUrl(name: ProcessName): string;
  /** Starts one, also after its end; it is ready when this resolves. */
  start(name: ProcessName): Promise<void>;
  startAll(): Promise<void>;
  get(name: ProcessName): Child;
  stopAll(): Promise<void>;
  logs(): { name: ProcessName; output: string }[];
}

const START_MS = 60_000;

/**
 * @param settings what they share; ports and addresses are added
 * @param startMs how long one may take until it is ready
 */
export async function openProcesses(
  folder: string,
  settings: Record<string, string>,
  startMs = START_MS,
): Promise<Processes> {
  const webPort = String(await freePort());
  const ssePort = String(await freePort());
  const url = `http://127.0.0.1:${webPort}`;
  const sseUrl = `http://127.0.0.1:${ssePort}`;
  const running = new Map<ProcessName, Child>();
  const healthPorts = new Map<ProcessName, number>();
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    NODE_ENV: 'production' as const,
    NEXT_TELEMETRY_DISABLED: '1',
    // Each test starts these programs anew: half of that is compiling them.
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
    ...settings,
    BASE_URL: url,
    SSE_PORT: ssePort,
    SSE_URL: sseUrl,
  };

  const start = async (name: ProcessName): Promise<void> => {
    const health = await freePort();
    healthPorts.set(name, health);
    const [what = ''] = name.split(' ');
    const args = ['cli/main.ts', 'run', what, ...(name === 'web' ? ['--port', webPort] : [])];
    const command = { file: process.execPath, args, cwd: root, env: { ...env, HEALTH_PORT: String(health) } };
    const child = await startChild(command, join(folder, `${name}.log`));
    running.set(name, child);
    await waitUntilReady(child, () => isReady(`http://127.0.0.1:${health}/readyz`), startMs);
    if (name === 'web') await waitUntilReady(child, () => isReady(url), startMs);
  };

  return {
    url,
    sseUrl,
    healthUrl: (name) => `http://127.0.0.1:${healthPorts.get(name)}`,
    start,
    startAll: async () => {
      await Promise.all(names.map(start));
    },
    get: (name) => {
      const child = running.get(name);
      if (!child) throw new Error(`${name} was not started`);
      return child;
    },
    stopAll: async () => {
      await Promise.all([...running.values()].map((child) => child.stop()));
    },
    logs: () => [...running].map(([name, child]) => ({ name, output: child.output() })),
  };
}

const isReady = async (address: string) => (await fetch(address, { signal: AbortSignal.timeout(5_000) })).ok;
