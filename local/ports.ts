// The ports of the parts: a free one each, the same at every start as long as it stays free.
import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { findPortOwner } from './port-owner.ts';
import { Problem } from './problem.ts';

/** Below what Linux and macOS give to outgoing connections, which could take the port while a part restarts. */
const RANGE = [20_000, 32_000] as const;

/** Whether nobody listens on it, on 127.0.0.1 or on all addresses. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    for (const host of ['127.0.0.1', '0.0.0.0']) {
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
      await new Promise((resolve) => server.close(resolve));
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(...RANGE);
    if (await isFree(port)) return port;
  }
}

/** @throws {Problem} saying who has the port, where that can be seen, and what to do */
export async function demandPort(port: number): Promise<void> {
  const free = await isFree(port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EACCES') throw error;
    throw new Problem(`Port ${port} is for root only: choose one from 1024 on with --port N.`, 1, {
      cause: error,
    });
  });
  if (free) return;
  const owner = findPortOwner(port);
  throw new Problem(
    `Port ${port} is taken${owner ? ` by ${owner}` : ''}. Stop that, or choose another port: bin/up --port ${port + 1}`,
  );
}

/** A port for each name; those that `file` remembers when they are free, which it keeps for the next start. */
export async function rememberPorts<Name extends string>(
  file: string,
  names: readonly Name[],
): Promise<Record<Name, number>> {
  const known: Record<string, unknown> = existsSync(file) ? readKnown(file) : {};
  const ports: [Name, number][] = [];
  for (const name of names) {
    const before = known[name];
    const keep = typeof before === 'number' && (await isFree(before));
    ports.push([name, keep ? before : await freePort()]);
  }
  const chosen = Object.fromEntries(ports) as Record<Name, number>;
  writeFileSync(file, `${JSON.stringify(chosen, null, 2)}\n`);
  return chosen;
}

function readKnown(file: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) return {}; // Cut off by a full disk: new ports do as well.
    throw error;
  }
}
