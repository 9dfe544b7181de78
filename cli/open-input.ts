import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { UnreadableFile } from './unreadable-file.ts';

/**
 * The file, or standard input for `-`.
 * @throws {UnreadableFile}
 */
export async function openInput(file: string): Promise<Readable> {
  if (file === '-') return process.stdin;
  try {
    const handle = await open(file);
    if ((await handle.stat()).isDirectory()) throw new UnreadableFile(file, 'it is a folder');
    return handle.createReadStream();
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile(file, String((error as NodeJS.ErrnoException).code));
  }
}
