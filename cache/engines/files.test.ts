import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../../testing/stores.ts';
import { promiseCache } from '../cache.conformance.ts';
import { fileCache } from './files.ts';

describe('the cache in files', () => {
  const folder = makeFolder('cache');
  promiseCache(async () => fileCache(folder));
});

test('no draft stays behind', async () => {
  const folder = makeFolder('drafts');
  const cache = fileCache(folder);
  await Promise.all(Array.from({ length: 10 }, () => cache.set('a', Buffer.from('x'))));
  await cache.wrong();
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  expect(names.filter((entry) => entry.isFile())).toHaveLength(1);
});

test('a folder that cannot be written is a sentence', async () => {
  const file = join(makeFolder('blocked'), 'a-file');
  writeFileSync(file, '');
  expect(await fileCache(join(file, 'cache')).wrong()).toContain("can't be written (ENOTDIR)");
});
