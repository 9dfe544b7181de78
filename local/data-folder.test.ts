import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../testing/stores.ts';
import { until } from '../testing/until.ts';
import { openDataFolder, resetData, watchSpace } from './data-folder.ts';

test('a folder that holds other things is refused, so that a reset can take nothing of them', () => {
  const data = makeFolder('home');
  writeFileSync(join(data, 'thesis.txt'), 'mine');
  expect(() => openDataFolder(data)).toThrow('holds other things (thesis.txt)');
  expect(readdirSync(data)).toEqual(['thesis.txt']);
});

test('a second bin/up on the same folder learns which process has it', () => {
  const data = makeFolder('data');
  const close = openDataFolder(data);
  expect(() => openDataFolder(data)).toThrow(`bin/up already runs on ${data} (process ${process.pid})`);
  close();
  openDataFolder(data)();
});

test('a reset removes stores, settings and logs, a database that lies elsewhere too, and nothing else', () => {
  const data = makeFolder('data');
  openDataFolder(data)();
  const elsewhere = makeFolder('elsewhere');
  for (const name of ['cluster', 'thesis']) mkdirSync(join(elsewhere, name));
  symlinkSync(elsewhere, join(data, 'postgresql'));
  for (const name of ['redis', 'logs', 'cache', 'redis-program']) mkdirSync(join(data, name));
  for (const name of ['env', 'ports.json', 'notes.txt']) writeFileSync(join(data, name), '');
  resetData(data);
  expect(readdirSync(data).sort()).toEqual(['about.txt', 'notes.txt', 'postgresql', 'redis-program', 'run']);
  expect(readdirSync(elsewhere)).toEqual(['thesis']);
});

test('a folder that somebody removes while all runs is a sentence, said once, and no end of bin/up', async () => {
  const data = makeFolder('data');
  const said: string[] = [];
  const end = watchSpace(data, (line) => said.push(line), 5);
  rmSync(data, { recursive: true });
  await until(() => said.length > 0);
  end();
  expect(said).toEqual([`${data} is gone, and Hubs can't run without it. Stop it, and start it again.`]);
});
