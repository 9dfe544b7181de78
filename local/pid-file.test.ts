import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder } from '../testing/stores.ts';
import { until } from '../testing/until.ts';
import { readStartTime } from './identity.ts';
import { claimPidFile, readPidFile, writePidFile } from './pid-file.ts';

const newFile = () => join(makeFolder('pid'), 'part.pid');

function startSleeper(): number {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  if (child.pid === undefined) throw new Error('sleep did not start');
  return child.pid;
}

test('a noted process is found while it runs, and not after', async () => {
  const file = newFile();
  const pid = startSleeper();
  writePidFile(file, pid);
  expect(readPidFile(file)).toBe(pid);
  process.kill(pid, 'SIGKILL');
  await until(() => readStartTime(pid) === undefined);
  expect(readPidFile(file)).toBeUndefined();
});

test('another process that has got the number since is not taken for the noted one', () => {
  const file = newFile();
  writeFileSync(file, `${startSleeper()} 12345\n`);
  expect(readPidFile(file)).toBeUndefined();
});

test.each(['', 'x', '1', '-1 0', '999999999 1'])('a file that says %j names nobody', (content) => {
  const file = newFile();
  writeFileSync(file, content);
  expect(readPidFile(file)).toBeUndefined();
});

test('the second claim learns who holds the first', () => {
  const file = newFile();
  const pid = startSleeper();
  writePidFile(file, pid);
  expect(claimPidFile(file)).toBe(pid);
  expect(readPidFile(file)).toBe(pid);
});

test('a claim that a killed process left is taken over, and nothing lies about', () => {
  const file = newFile();
  writeFileSync(file, '999999999 1\n');
  expect(claimPidFile(file)).toBeUndefined();
  expect(readPidFile(file)).toBe(process.pid);
  expect(readdirSync(dirname(file))).toEqual(['part.pid']);
});
