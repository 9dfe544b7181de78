// Loaded values as files of one folder, shared by the processes of one machine. A value is written beside its place
// and renamed into it, so that a reader sees the old one or the new one. The key stands in the first line.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Cache, VALUE_BYTES, ValueTooLarge } from '../cache.ts';

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** The cache in `folder`, which is made when the first value is written. */
export function fileCache(folder: string): Cache {
  const pathOf = (key: string) => {
    const name = createHash('sha256').update(key).digest('hex');
    return join(folder, name.slice(0, 2), name);
  };

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
