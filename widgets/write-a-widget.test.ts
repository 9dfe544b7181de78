// docs/widgets.md is followed to the letter, so that it stays true.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const guide = readFileSync(join(root, 'docs/widgets.md'), 'utf8');

test('every file that the guide names is there', () => {
  const named = [...guide.matchAll(/`((?:widgets|ui|hubs|testing|upstreams|app)\/[^`\s]*)`/g)].map(
    ([, path]) => path ?? '',
  );
  expect(named.length).toBeGreaterThan(10);
  const missing = named.filter(
    (path) => !path.startsWith('widgets/weather/') && !existsSync(join(root, path)),
  );
  expect(missing).toEqual([]);
});

test('its first step makes a kind of its own out of the sample', async () => {
  mkdirSync(join(root, '.data'), { recursive: true });
  const folder = mkdtempSync(join(root, '.data/guide-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'widgets'));
  cpSync(join(root, 'widgets/sample'), join(folder, 'widgets/sample'), { recursive: true });
  for (const name of ['hubs', 'prisma', 'ui', 'testing', 'feeds', 'bus'])
    symlinkSync(join(root, name), join(folder, name));
  for (const name of ['kind.ts', 'registry.ts'])
    symlinkSync(join(root, 'widgets', name), join(folder, 'widgets', name));
  const [, script = ''] = /## 1[\s\S]*?```sh\n([\s\S]*?)```/.exec(guide) ?? [];
  execFileSync('sh', ['-ec', script], { cwd: folder });
  expect(readdirSync(join(folder, 'widgets/weather')).sort()).toEqual([
    'index.ts',
    'read-weather.ts',
    'thumbnail.tsx',
    'view.tsx',
    'weather.test.ts',
  ]);
  const { weather } = await import(join(folder, 'widgets/weather/index.ts'));
  expect(weather).toMatchObject({ kind: 'weather', label: 'Weather', onlyInDevelopment: true });
  expect(weather.settings.parse({})).toEqual({ text: 'Hello' });
  expect(typeof (await weather.view()).default).toBe('function');
});
