// A pgbouncer of its own for a test: Debian's, pooling by transactions, so that a connection of the server is anybody's.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { findOnPath } from '../local/find-on-path.ts';
import { serverIds } from '../local/nobody.ts';
import { freePort } from '../local/ports.ts';
import { makeFolder } from './stores.ts';
import { until } from './until.ts';

export interface TestPooler {
  /** The database that was given, through the pooler. */
  url: string;
  stop(): Promise<void>;
}

export const findPgbouncer = (): string | undefined => findOnPath('pgbouncer', '/usr/sbin/pgbouncer');

/** @param databaseUrl with user and password */
export async function startPgbouncer(databaseUrl: string): Promise<TestPooler> {
  const program = findPgbouncer();
  if (!program) throw new Error('There is no pgbouncer; apt-get install pgbouncer');
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const folder = makeFolder('pgbouncer');
  const file = join(folder, 'pgbouncer.ini');
  const listenPort = await freePort();
  const name = pathname.slice(1);
  writeFileSync(
    file,
    `[databases]
${name} = host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listenPort}
unix_socket_dir =
auth_type = any
pool_mode = transaction
`,
  );
  chmodSync(folder, 0o755);
  const child = spawn(program, ['-q', file], {
    stdio: 'ignore',
    cwd: '/',
    ...('ids' in serverIds ? serverIds.ids : {}),
  });
  const url = `postgresql://${username}@127.0.0.1:${listenPort}/${name}`;
  await until(async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.end();
    return true;
  });
  return {
    url,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
