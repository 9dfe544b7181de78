// Loaded values as files of one folder, shared by the processes of one machine. A value is written beside its place
// and renamed into it, so that a reader sees the old one or the new one. The key stands in the first line.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Cache, VALUE_BYTES, ValueTooLarge } from '../cache.ts';

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** What nobody set anew for so long goes: the widgets that showed it are gone, most likely. A disk has room. */
export const KEPT_MS = 90 * 86_400_000;
/** Each part of the folder is looked through for what is old at its first write, and then at most this often. */
const LOOK_MS = 86_400_000;

/** Removes old values, and drafts of writes that were cut off. */
async function removeOld(part: string): Promise<void> {
  for (const name of await readdir(part)) {
    const path = join(part, name);
    const found = await stat(path).catch(() => null); // Another process removes, too, and renames its drafts.
    if (found && found.mtimeMs < Date.now() - KEPT_MS) await rm(path, { force: true });
  }
}

/** The cache in `folder`, which is made when the first value is written. */
export function fileCache(folder: string): Cache {
  const pathOf = (key: string) => {
    const name = createHash('sha256').update(key).digest('hex');
    return join(folder, name.slice(0, 2), name);
  };
  const lookedAt = new Map<string, number>();

  async function lookThrough(part: string): Promise<void> {
    if ((lookedAt.get(part) ?? 0) > Date.now() - LOOK_MS) return;
    lookedAt.set(part, Date.now());
    await removeOld(part).catch(() => undefined); // The next look does it: the value is written all the same.
  }

  async function get(key: string): Promise<Buffer | null> {
    try {
      const content = await readFile(pathOf(key));
      const end = content.indexOf('\n');
      return content.subarray(0, end).toString() === key ? content.subarray(end + 1) : null;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async function set(key: string, value: Buffer): Promise<void> {
    if (value.length > VALUE_BYTES) throw new ValueTooLarge(key, value.length);
    const path = pathOf(key);
    const draft = `${path}.${randomUUID()}`;
    const content = Buffer.concat([Buffer.from(`${key}\n`), value]);
    try {
      await writeFile(draft, content).catch(async (error) => {
        if (!isMissing(error)) throw error;
        await mkdir(dirname(path), { recursive: true });
        await writeFile(draft, content);
      });
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    await lookThrough(dirname(path));
  }

  return {
    get,
    getMany: (keys) => Promise.all(keys.map(get)),
    set,
    async delete(key) {
      try {
        await rm(pathOf(key));
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
    async wrong() {
      const probe = join(folder, `.probe-${randomUUID()}`);
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(probe, '');
        await rm(probe);
        return null;
      } catch (error) {
        return `The cache's folder ${folder} can't be written (${(error as NodeJS.ErrnoException).code}); check disk and rights.`;
      }
    },
    async close() {
      /* nothing is held open */
    },
  };
}
