// What the command promises to whoever sits at the terminal: at once there, at once gone.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFolder } from '../testing/stores.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const main = join(root, 'cli/main.ts');
const env = { PATH: process.env.PATH, NODE_ENV: 'test' as const };

/** Also on a busy machine; what hangs would take 5 s and more. */
const AT_ONCE_MS = 3_000;

/** Takes connections and never says a word. */
const silent = createServer();
let silentAt: string;
beforeAll(async () => {
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  silentAt = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
});
afterAll(() => silent.close());

test('help is there after 300 ms of work', async () => {
  // What else the machine does is no promise of ours: the time that the processor worked for it is taken.
  const told = `data:text/javascript,process.on('exit',()=>{const {user,system}=process.cpuUsage();process.stderr.write(String((user+system)/1000))})`;
  const { stderr } = await run(process.execPath, ['--import', told, main, '--help'], { env });
  expect(Number(stderr)).toBeGreaterThan(10);
  expect(Number(stderr)).toBeLessThan(300);
});

test('it answers to its second name, and says it', async () => {
  const data = { ...env, HUBS_DATA: makeFolder('data') };
  for (const name of ['hubs', 'fedora-hubs']) {
    const { stdout } = await run(join(root, 'bin', name), ['cache'], { env: data });
    expect(stdout).toMatch(new RegExp(`^Usage: ${name} cache \\[OPTIONS\\] COMMAND \\[ARGS\\]\\.\\.\\.\n`));
    expect(stdout).toContain(`\n  ${name} cache coverage\n`);
  }
});

test.each([['cache list'], ['db status'], ['doctor']])(
  'Ctrl-C ends hubs %s at once with 130, also while a service hangs',
  async (words) => {
    const settings = { DATABASE_URL: `postgresql://hubs@${silentAt}/hubs`, REDIS_URL: `redis://${silentAt}` };
    const child = spawn(process.execPath, [main, ...words.split(' ')], { env: { ...env, ...settings } });
    await once(silent, 'connection');
    const interruptedAt = performance.now();
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
    expect(performance.now() - interruptedAt).toBeLessThan(AT_ONCE_MS);
  },
);

test('a database that takes the connection and is silent is a sentence, after the deadline', async () => {
  const settings = { DATABASE_URL: `postgresql://hubs@${silentAt}/hubs`, REDIS_URL: 'redis://127.0.0.1:1' };
  for (const words of [
    ['cache', 'coverage'],
    ['user', 'show', 'mira'],
  ]) {
    expect(
      await run(process.execPath, [main, ...words], { env: { ...env, ...settings } }).catch((error) => error),
    ).toMatchObject({
      code: 1,
      stdout: '',
      // The first of them says meanwhile what it waits for.
      stderr: expect.stringMatching(
        /^(Asking PostgreSQL .*\n)*The database does not answer; start it, or correct DATABASE_URL\.\n$/,
      ),
    });
  }
});

test('colours are for terminals, and not where NO_COLOR is set', async () => {
  const inTerminal = (more: Record<string, string>) =>
    run('script', ['-qec', `'${process.execPath}' '${main}' doctor || true`, '/dev/null'], {
      env: { ...env, TERM: 'xterm-256color', ...more },
    });
  const coloured = '\u001b[31mwrong';
  expect((await inTerminal({})).stdout).toContain(coloured);
  expect((await inTerminal({ NO_COLOR: '1' })).stdout).toMatch(/^wrong +settings/);
  const piped = await run(process.execPath, [main, 'doctor'], { env }).catch((error) => error);
  expect(piped.stdout).toMatch(/^wrong +settings/);
});

test('whoever stops reading ends it without a word', async () => {
  const child = spawn(process.execPath, [main, 'doctor'], { env });
  child.stdout.destroy();
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  await once(child, 'close');
  expect(err).toBe('');
});
