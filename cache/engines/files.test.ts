import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../../testing/stores.ts';
import { promiseCache } from '../cache.conformance.ts';
import { fileCache, KEPT_MS } from './files.ts';

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

test('a write removes what lies beside it and was not set for long, values and drafts', async () => {
  const folder = makeFolder('old');
  const listFiles = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  await fileCache(folder).set('a', Buffer.from('x'));
  const [value] = listFiles();
  const ages = { old: KEPT_MS + 60_000, 'old.draft': KEPT_MS + 60_000, young: KEPT_MS - 60_000 };
  for (const [name, ageMs] of Object.entries(ages)) {
    const path = join(value?.parentPath ?? '', name);
    const setAt = new Date(Date.now() - ageMs);
    writeFileSync(path, '');
    utimesSync(path, setAt, setAt);
  }
  await fileCache(folder).set('a', Buffer.from('y'));
  expect(
    listFiles()
      .map((one) => one.name)
      .sort(),
  ).toEqual([value?.name, 'young'].sort());
});

test('a folder that cannot be written is a sentence', async () => {
  const file = join(makeFolder('blocked'), 'a-file');
  writeFileSync(file, '');
  expect(await fileCache(join(file, 'cache')).wrong()).toContain("can't be written (ENOTDIR)");
});
