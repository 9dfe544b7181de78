import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../testing/stores.ts';
import { digestSources, WEB_SOURCES } from './build.ts';
import { areInstalled } from './packages.ts';

const root = join(import.meta.dirname, '..');

test('a build is made again when a source changes, comes or goes, and not for a test', () => {
  const folder = makeFolder('clone');
  mkdirSync(join(folder, 'app'));
  const digest = () => digestSources(folder, ['app', 'next.config.ts']);
  const seen = [digest()];
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    seen.push(digest());
  };
  write('app/page.tsx', '1');
  write('app/page.tsx', '2');
  write('app/other.tsx', '2');
  write('next.config.ts', '');
  expect(new Set(seen).size).toBe(5);
  write('app/page.test.tsx', '');
  expect(seen[5]).toBe(seen[4]);
});

test('whatever the pages import from the tree counts as their source', () => {
  const folders = WEB_SOURCES.filter((name) => !name.includes('.'));
  const files = globSync(`{${folders.join(',')}}/**/*.{ts,tsx}`, { cwd: root }).filter(
    (file) => !/\.(test|conformance)\./.test(file),
  );
  const imported = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/from '((?:\.\.?\/)+[^']+)'/g)].map(
      (match) => join(file, '..', match[1] ?? '').split('/')[0],
    ),
  );
  expect(files.length).toBeGreaterThan(20);
  expect([...new Set(imported)].filter((name) => !WEB_SOURCES.includes(name ?? ''))).toEqual([]);
});

test('packages are installed when each has the version of the lock; only optional ones may be missing', () => {
  const locked = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/mac': { version: '1.0.0', optional: true },
  };
  expect(areInstalled(locked, { 'node_modules/a': { version: '1.0.0' } })).toBe(true);
  expect(areInstalled(locked, { 'node_modules/a': { version: '1.0.1' } })).toBe(false);
  expect(areInstalled(locked, { 'node_modules/mac': { version: '1.0.0' } })).toBe(false);
  expect(
    areInstalled(locked, {
      'node_modules/a': { version: '1.0.0' },
      'node_modules/mac': { version: '0.9.0' },
    }),
  ).toBe(false);
});
