// A RabbitMQ of its own for a test: Debian's server, everything it writes in a folder of the run.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import amqp from 'amqplib';
import { freePort } from '../local/ports.ts';
import { makeFolder } from './stores.ts';
import { until } from './until.ts';

const HOME = '/usr/lib/rabbitmq/lib';
const START_MS = 60_000;

/** Where Debian's package puts its scripts; undefined where it is not installed. */
export function findRabbitmq(): string | undefined {
  try {
    const version = readdirSync(HOME).find((name) => name.startsWith('rabbitmq_server-'));
    return version && join(HOME, version, 'sbin');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Starts it on a free port; `stop` ends it without a word. */
export async function startRabbitmq(): Promise<{ url: string; stop(): Promise<void> }> {
  const sbin = findRabbitmq();
  if (!sbin) throw new Error('There is no RabbitMQ; apt-get install rabbitmq-server');
  const folder = makeFolder('rabbitmq');
  mkdirSync(join(folder, 'log'));
  const port = await freePort();
  const env = {
    ...process.env,
    HOME: folder,
    RABBITMQ_NODENAME: `hubs-${randomBytes(4).toString('hex')}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(await freePort()),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    ERL_EPMD_PORT: String(await freePort()),
  };
  const server = spawn(join(sbin, 'rabbitmq-server'), [], { env, stdio: 'ignore', detached: true });
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  await until(() => amqp.connect(url).then((connection) => connection.close().then(() => true)), {
    deadlineMs: START_MS,
    everyMs: 250,
  });
  return {
    url,
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      process.kill(-(server.pid ?? 0), 'SIGKILL');
      await ended;
      // The port mapper, which the server started beside itself, runs on without it.
      await promisify(execFile)('epmd', ['-kill'], { env }).catch(() => undefined); // it has gone already
    },
  };
}
