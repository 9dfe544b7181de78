import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings, SettingsError, settingNames } from './settings.ts';

const good = { DATABASE_URL: 'postgresql://hubs@localhost/hubs', REDIS_URL: 'redis://localhost:6379' };

const problemsOf = (env: Record<string, string | undefined>) => {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
};

test('everything wrong is named at once, each with its remedy', () => {
  const problems = problemsOf({ DATABASE_URL: 'mysql://x', SSE_PORT: '99999', BUS_ENDPOINTS: 'localhost' });
  expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
    'BUS_ENDPOINTS',
    'DATABASE_URL',
    'REDIS_URL',
    'SSE_PORT',
  ]);
  expect(problems.join('\n')).toContain('REDIS_URL is not set; set it to the Redis server');
});

test('the direct and the feed address are the database by default', () => {
  const settings = readSettings(good);
  expect([settings.DATABASE_DIRECT_URL, settings.FEEDS_URL]).toEqual([good.DATABASE_URL, good.DATABASE_URL]);
});

test('an empty variable counts as unset', () => {
  expect(readSettings({ ...good, LOG_LEVEL: '' }).LOG_LEVEL).toBe('info');
});

test('a secret may stand in a file, and a file that cannot be read is named', () => {
  const file = join(tmpdir(), `hubs-settings-${process.pid}`);
  writeFileSync(file, 'redis://elsewhere:1\n');
  expect(readSettings({ DATABASE_URL: good.DATABASE_URL, REDIS_URL_FILE: file }).REDIS_URL).toBe(
    'redis://elsewhere:1',
  );
  expect(problemsOf({ DATABASE_URL: good.DATABASE_URL, REDIS_URL_FILE: '/nowhere' })).toEqual([
    "REDIS_URL_FILE: /nowhere can't be read (ENOENT); check path and rights",
  ]);
});

test('.env.example documents each setting and no other', () => {
  const documented = [...readFileSync('.env.example', 'utf8').matchAll(/^#? ?([A-Z_]+)=/gm)].map(
    (match) => match[1],
  );
  expect(documented.sort()).toEqual([...settingNames].sort());
});
