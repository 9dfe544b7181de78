// A Redis of our own: the machine's program when there is one, else Debian's, in the data folder.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { type Command, startChild, waitUntilReady } from './child.ts';
import { Problem } from './problem.ts';
import type { RedisProgram } from './redis-program.ts';

export interface RedisOptions {
  program: RedisProgram;
  /** Holds configuration, password, socket and data; made when it is not there. */
  dir: string;
  /** On 127.0.0.1; 0 for a socket `<dir>/redis.sock` and no port. */
  port: number;
  /** Whether data outlives the server (append-only file). */
  durable: boolean;
  /** File for the server's output; `<dir>.log` when left out. */
  log?: string;
}

const START_MS = 30_000;

/**
 * Starts a server that refuses writes when its memory is full instead of forgetting.
 * @returns its address, password included
 * @throws with a sentence when it can't start
 */
export async function startRedis(options: RedisOptions) {
  const { command, url } = prepareRedis(options);
  const log = options.log ?? `${options.dir}.log`;
  const child = await startChild(command, log);
  try {
    await waitUntilReady(child, () => pongs(url), START_MS);
  } catch (error) {
    await child.kill();
    throw new Problem(`Redis ${(error as Error).message}`, 1, { cause: error });
  }
  return { url, ...child };
}

/** Writes the configuration (no password in the process list); returns the command and the address. */
export function prepareRedis(options: Omit<RedisOptions, 'log'>): { command: Command; url: string } {
  const { program, dir, port, durable } = options;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const socket = join(dir, 'redis.sock');
  const password = keepPassword(join(dir, 'password'));
  const file = join(dir, 'redis.conf');
  const lines = [
    `dir ${quote(dir)}`,
    ...(port === 0 ? ['port 0', `unixsocket ${quote(socket)}`, 'unixsocketperm 700'] : [`port ${port}`]),
    'bind 127.0.0.1',
    `pidfile ${quote(join(dir, 'redis.pid'))}`,
    `requirepass ${password}`,
    'maxmemory-policy noeviction',
    'save ""',
    `appendonly ${durable ? 'yes' : 'no'}`,
  ];
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return {
    command: { file: program.file, args: [file], env: { ...process.env, ...program.env } },
    url:
      port === 0
        ? `redis://:${password}@localhost?path=${encodeURIComponent(socket)}`
        : `redis://:${password}@127.0.0.1:${port}`,
  };
}

/** Whether the server answers and has read its data. */
export async function pongs(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 5_000 });
  redis.on('error', () => undefined); // Reported by the connect that meets it.
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } catch {
    return false; // Not up yet: whoever asks has a deadline.
  } finally {
    redis.disconnect();
  }
}

function keepPassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

/** Redis reads double-quoted words with backslash escapes. */
const quote = (text: string) => JSON.stringify(text);
