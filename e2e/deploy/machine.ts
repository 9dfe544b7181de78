// A machine to install Hubs on, made of the one the tests run on: its files, of which every change is thrown away, and a
// loopback network of its own, where every port is free. Programs run in it as an operator has written them down.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../../local/child.ts';
import { runTool } from '../../local/run-tool.ts';

export interface Machine {
  /** The same path in it and outside: for sockets and files that both sides use. */
  shared: string;
  /** How to start a program in it. */
  command(file: string, args: string[], options?: RunOptions): Command;
  /** Runs a shell script in it to the end. @returns what it wrote @throws with its last lines */
  run(script: string, options?: RunOptions): Promise<string>;
  /** Ends whatever runs in it. */
  close(): Promise<void>;
}

export interface RunOptions {
  /** A user of the machine's; root when left out. */
  user?: string;
  env?: Record<string, string>;
}

/** Mounts in a namespace of its own go with the last process in it. */
const MAKE = `
set -eu
mount -t tmpfs tmpfs "$1/layers"
mkdir "$1/layers/upper" "$1/layers/work" "$1/layers/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/layers/upper,workdir=$1/layers/work" "$1/layers/root"
root=$1/layers/root
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
mkdir -p "$root$1/shared" "$root/run" "$root/tmp"
mount --bind "$1/shared" "$root$1/shared"
touch "$root/usr/local/bin/node"
mount --bind "$2" "$root/usr/local/bin/node"
ip link set lo up
exec chroot "$root" sh -c 'chmod 1777 /tmp; echo ready; exec sleep infinity'
`;
/** A chroot is no mount point of its own: there the namespace is left as it comes. */
const PROPAGATIONS = ['private', 'unchanged'];
const ENVIRONMENT = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
  NODE_ENV: 'production' as const,
  // No systemd runs there: what enables services changes files, what starts them does nothing.
  SYSTEMD_OFFLINE: '1',
};

/**
 * @param folder reachable by everybody; the machine's layers lie below it
 * @param node the program that is the machine's Node
 */
export async function openMachine(folder: string, node: string): Promise<Machine> {
  const shared = join(folder, 'shared');
  for (const name of ['layers', 'shared']) mkdirSync(join(folder, name), { mode: 0o755 });
  writeFileSync(join(folder, 'make.sh'), MAKE);
  const holder = await hold(folder, node);
  const command: Machine['command'] = (file, args, { user, env = {} } = {}) => ({
    file: 'nsenter',
    args: [
      ...[`--target=${holder.pid}`, '--mount', '--net', '--root', '--wd'],
      ...(user ? ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups'] : []),
      ...[file, ...args],
    ],
    env: { ...ENVIRONMENT, ...env },
  });
  return {
    shared,
    command,
    run: (script, options) => {
      const { file, args, env } = command('sh', ['-euc', script], options);
      return runTool('A script in the machine', file, args, { cwd: '/', ...(env ? { env } : {}) });
    },
    close: async () => {
      const ended = once(holder, 'exit');
      for (const pid of findInside(Number(holder.pid))) process.kill(pid, 'SIGKILL');
      await ended;
    },
  };
}

/** Every process that shares the holder's mounts, itself among them: they would keep the machine's files. */
function findInside(holder: number): number[] {
  const readNamespace = (pid: number) => {
    try {
      return readlinkSync(`/proc/${pid}/ns/mnt`);
    } catch {
      return undefined; // It ended meanwhile.
    }
  };
  const own = readNamespace(holder);
  if (own === undefined || own === readNamespace(process.pid)) return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && readNamespace(pid) === own);
}

async function hold(folder: string, node: string) {
  const wrong: string[] = [];
  for (const propagation of PROPAGATIONS) {
    const own = ['--mount', `--propagation=${propagation}`, '--net'];
    const child = spawn('unshare', [...own, 'sh', join(folder, 'make.sh'), folder, node]);
    child.stderr.on('data', (text: Buffer) => wrong.push(String(text)));
    const [said] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    if (String(said) === 'ready\n') return child;
  }
  throw new Error(`The machine can't be made: ${wrong.join('')}`);
}
