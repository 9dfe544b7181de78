import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder } from '../testing/stores.ts';
import { until } from '../testing/until.ts';
import { startChild } from './child.ts';
import { readStartTime } from './identity.ts';
import { readPidFile } from './pid-file.ts';
import { endLeftovers, openSupervisor, type Part } from './supervisor.ts';

const nodePart = (name: string, script: string): Part => ({
  name,
  command: () => ({ file: process.execPath, args: ['-e', `console.log('ready');${script}`] }),
  isReady: async (child) => child.output().includes('ready'),
});
const STAYS = 'setInterval(() => undefined, 1000)';

function open(backOffMs?: number[]) {
  const data = makeFolder('data');
  const said: string[] = [];
  const supervisor = openSupervisor(data, (line) => said.push(line), backOffMs);
  onTestFinished(() => supervisor.stop());
  const pidOf = (name: string) => readPidFile(join(data, 'run', `${name}.pid`));
  return { data, said, supervisor, pidOf };
}

test('a part that is killed is said in a sentence and runs again', async () => {
  const { said, supervisor, pidOf } = open([10]);
  await supervisor.start(nodePart('worker', STAYS));
  const first = pidOf('worker');
  process.kill(first ?? 0, 'SIGKILL');
  await until(() => said.includes('worker is back.'));
  expect(said[0]).toMatch(/^worker was killed by SIGKILL; it is started again in 0.01 s/);
  expect(pidOf('worker')).toBeGreaterThan(0);
  expect(pidOf('worker')).not.toBe(first);
});

test('a part that dies again and again is given up, in a sentence', async () => {
  const { supervisor } = open([1, 1]);
  await supervisor.start(nodePart('worker', 'setTimeout(() => process.exit(7), 50)'));
  const problem = await supervisor.gaveUp;
  expect(problem.message).toMatch(/^worker ended with 7, 3 times in a row/);
});

test('a part that does not get ready is reported with its last words', async () => {
  const { supervisor } = open();
  const part = nodePart('worker', '');
  part.command = () => ({
    file: process.execPath,
    args: ['-e', `console.error('no such queue');process.exit(3)`],
  });
  await expect(supervisor.start(part)).rejects.toThrow(
    /^worker ended with 3\. The end of .*worker\.log:\nno such queue$/,
  );
});

test('a program that is not there is reported, not thrown about', async () => {
  const { supervisor } = open();
  const part = nodePart('worker', '');
  part.command = () => ({ file: '/no/such/program', args: [] });
  await expect(supervisor.start(part)).rejects.toThrow("/no/such/program can't be started");
});

test('stores stop after the processes, and no pid file stays', async () => {
  const { data, supervisor } = open();
  const log = join(data, 'order');
  const saysGoodbye = (name: string, ms: number) =>
    `process.on('SIGTERM', () => setTimeout(() => { require('fs').appendFileSync(${JSON.stringify(log)}, '${name} '); process.exit(0) }, ${ms}));${STAYS}`;
  await supervisor.start({ ...nodePart('store', saysGoodbye('store', 0)), isStore: true });
  await supervisor.start(nodePart('web', saysGoodbye('web', 100)));
  await supervisor.stop();
  expect(readFileSync(log, 'utf8')).toBe('web store ');
  expect(existsSync(join(data, 'run', 'web.pid'))).toBe(false);
});

test('what a killed start left running is ended by the next', async () => {
  const { data, supervisor, pidOf } = open([60_000]);
  await supervisor.start(nodePart('worker', STAYS));
  const pid = pidOf('worker') ?? 0;
  expect(await endLeftovers(data, [])).toEqual(['worker']);
  expect(readStartTime(pid)).toBeUndefined();
  expect(await endLeftovers(data, [])).toEqual([]);
});

test('a child that ignores the signal is killed with all it started', async () => {
  const folder = makeFolder('deaf');
  const script = `process.on('SIGTERM', () => undefined); const { pid } = require('child_process').spawn('sleep', ['60']); console.log(pid); ${STAYS}`;
  const child = await startChild({ file: process.execPath, args: ['-e', script] }, join(folder, 'log'));
  const grandchild = Number(await until(() => child.output().trim()));
  await child.stop(50);
  expect(await child.ended).toBe('was killed by SIGKILL');
  await until(() => readStartTime(grandchild) === undefined);
});
