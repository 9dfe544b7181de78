import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Child, startChild, waitUntilReady } from '../local/child.ts';
import { freePort } from '../local/ports.ts';
import { until } from '../testing/until.ts';
import { root } from './processes.ts';
import { expect, test } from './stack.ts';

const names = ['web', 'listener', 'triage', 'worker', 'sse'] as const;
const START_MS = 40_000;
const STOP_MS = 10_000;

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** The first of so many ports in a row that are free. */
async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = await freePort();
    const free = await Promise.all(Array.from({ length: count }, (_, at) => isFree(first + at)));
    if (free.every(Boolean)) return first;
  }
}

const lives = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const pidOf = (all: Child, name: string) =>
  Number(new RegExp(`^${name} runs as process (\\d+)\\.$`, 'm').exec(all.output())?.[1]);

const endOf = (all: Child) =>
  Promise.race([all.ended, new Promise((resolve) => setTimeout(resolve, STOP_MS, 'still runs'))]);

test.describe('hubs run all', () => {
  let start: () => Promise<Child>;
  let all: Child;
  test.beforeEach(async ({ folder, databaseUrl, redis, bus }) => {
    const [web, sse, health] = [await freePort(), await freePort(), await freePorts(names.length)];
    const env = {
      PATH: process.env.PATH,
      NODE_ENV: 'production' as const,
      NEXT_TELEMETRY_DISABLED: '1',
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis.url,
      CACHE_URL: `file:${join(folder, 'cache')}`,
      BUS_ENDPOINTS: bus.endpoint,
      BASE_URL: `http://127.0.0.1:${web}`,
      SSE_PORT: String(sse),
      SSE_URL: `http://127.0.0.1:${sse}`,
      HEALTH_PORT: String(health),
    };
    const args = ['cli/main.ts', 'run', 'all', '--port', String(web)];
    start = async () => {
      all = await startChild({ file: process.execPath, args, cwd: root, env }, join(folder, 'all.log'));
      const answers = async (url: string) => (await fetch(url)).ok;
      const isReady = async () => {
        const ready = await Promise.all(
          names.map((_, at) => answers(`http://127.0.0.1:${health + at}/readyz`)),
        );
        return ready.every(Boolean) && (await answers(env.BASE_URL));
      };
      await waitUntilReady(all, isReady, START_MS);
      return all;
    };
  });
  test.afterEach(() => all.kill());

  test('is every process; SIGTERM stops them all within 10 s', async () => {
    const all = await start();
    const pids = names.map((name) => pidOf(all, name));
    expect(pids.every(lives)).toBe(true);
    process.kill(all.pid, 'SIGTERM');
    expect(await endOf(all)).toBe('ended with 0');
    expect(pids.filter(lives)).toEqual([]);
  });

  test('stops all when one dies, and says which and how', async () => {
    const all = await start();
    const pids = names.map((name) => pidOf(all, name));
    process.kill(pidOf(all, 'worker'), 'SIGKILL');
    expect(await endOf(all)).toBe('ended with 1');
    expect(all.output()).toContain('worker was killed by SIGKILL; everything stops.\n');
    expect(pids.filter(lives)).toEqual([]);
  });

  test('leaves nothing behind when it is killed itself', async () => {
    const all = await start();
    const pids = names.map((name) => pidOf(all, name));
    process.kill(all.pid, 'SIGKILL');
    await until(() => pids.filter(lives).length === 0);
  });
});
