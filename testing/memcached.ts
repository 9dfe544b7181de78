// A memcached of its own for a test: Debian's server.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { findOnPath } from '../local/find-on-path.ts';
import { isRoot } from '../local/nobody.ts';
import { freePort } from '../local/ports.ts';
import { makeFolder } from './stores.ts';
import { until } from './until.ts';

export interface TestMemcached {
  host: string;
  /** Stays the same over kill and start. */
  port: number;
  /** Ends it without a word; what it held is gone. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** An empty memcached that nobody else uses; it ends with the run at the latest. */
export async function startMemcached(): Promise<TestMemcached> {
  const program = findOnPath('memcached');
  if (!program) throw new Error('There is no memcached; apt-get install memcached');
  const folder = makeFolder('memcached');
  const host = '127.0.0.1';
  const port = await freePort();
  const run = async () => {
    // `-P` only writes the folder into the command line, by which global-setup.ts knows forgotten ones.
    const args = ['-l', host, '-p', String(port), '-U', '0', '-P', join(folder, 'memcached.pid')];
    const child = spawn(program, isRoot ? [...args, '-u', 'nobody'] : args, { stdio: 'ignore' });
    writeFileSync(join(folder, 'memcached.pid'), String(child.pid));
    await until(async () => {
      const socket = connect(port, host);
      await once(socket, 'connect');
      socket.destroy();
      return true;
    });
    return child;
  };
  let child = await run();
  return {
    host,
    port,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    async start() {
      child = await run();
    },
  };
}
