// Finds a Redis server program: on the PATH, or from Debian's packages without root and without a service.
import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { completeFolder } from './complete-folder.ts';
import { findOnPath } from './find-on-path.ts';
import { Problem } from './problem.ts';

const execute = promisify(execFile);

/** In English, for its answers are read. */
const run = (file: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) =>
  execute(file, args, { ...options, env: { ...process.env, ...options.env, LC_ALL: 'C' } });

export interface RedisProgram {
  file: string;
  /** What it needs in its environment to find its libraries. */
  env: Record<string, string>;
}

/**
 * @param dataDir an absolute path; keeps what is downloaded, in `redis-program`
 * @param say gets a sentence when something takes a while
 * @throws with a sentence that names the command to install it
 */
export async function findRedis(dataDir: string, say: (line: string) => void): Promise<RedisProgram> {
  const installed = findOnPath('redis-server', 'valkey-server');
  if (installed) return { file: installed, env: {} };
  if (!findOnPath('apt-get') || !findOnPath('dpkg')) {
    throw new Problem(
      'There is no redis-server and no valkey-server on the PATH. Install one: `dnf install valkey`, or `brew install redis` on a Mac.',
    );
  }
  const folder = join(dataDir, 'redis-program');
  if (!existsSync(folder))
    say('Redis is not installed: fetching the packages of the system into the data folder …');
  await completeFolder(folder, async (unfinished) => {
    await unpackRedis(unfinished).catch((cause) => {
      throw new Problem(
        `Redis can't be fetched (${firstLine(cause)}). Check the network and the disk, or install it: \`apt-get install redis-server\`.`,
        1,
        { cause },
      );
    });
  });
  return describeProgram(folder);
}

function describeProgram(folder: string): RedisProgram {
  const libraries = globSync(join(folder, '{usr/lib,lib}/**/*.so.*')).map(dirname);
  return {
    file: join(folder, 'usr/bin/redis-server'),
    env: { LD_LIBRARY_PATH: [...new Set(libraries)].join(':') },
  };
}

/** First by the system's package lists; where there are none or they are too old, by lists of our own. */
async function unpackRedis(folder: string): Promise<void> {
  const packages = join(folder, 'packages');
  mkdirSync(packages);
  try {
    await downloadPackages(packages, []);
  } catch {
    const own = join(folder, 'apt');
    mkdirSync(join(own, 'state/lists/partial'), { recursive: true });
    mkdirSync(join(own, 'cache/archives/partial'), { recursive: true });
    const options = [
      `Dir::State=${own}/state`,
      `Dir::Cache=${own}/cache`,
      'Dir::State::status=/var/lib/dpkg/status',
    ];
    await run('apt-get', [...optionsOf(options), 'update', '--error-on=any']);
    await downloadPackages(packages, options);
  }
  for (const file of globSync(join(packages, '*.deb'))) await run('dpkg', ['-x', file, folder]);
  for (const spent of ['packages', 'apt']) rmSync(join(folder, spent), { recursive: true, force: true });
  const { file, env } = describeProgram(folder);
  await run(file, ['--version'], { env: { ...process.env, ...env } });
}

/** The two packages that hold the server, and the libraries they name; the C library is the system's. */
async function downloadPackages(folder: string, options: string[]): Promise<void> {
  const names = ['redis-server', 'redis-tools'];
  const listed = await run('apt-cache', [...optionsOf(options), 'depends', '--important', ...names]);
  const libraries = [...listed.stdout.matchAll(/ Depends: (lib\S+)/g)].map((match) => match[1] ?? '');
  const wanted = new Set([...names, ...libraries.filter((name) => !/^libc6/.test(name))]);
  await run('apt-get', [...optionsOf(options), 'download', ...wanted], { cwd: folder });
}

/** As root apt would fetch as a user of its own, who can't write below a closed home. */
const optionsOf = (options: string[]) =>
  ['APT::Sandbox::User=root', ...options].flatMap((option) => ['-o', option]);

const firstLine = (error: Error & { stderr?: string }) =>
  (error.stderr || error.message).trim().split('\n')[0];
