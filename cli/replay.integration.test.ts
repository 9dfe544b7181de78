import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { messageSchema } from '../bus/message.ts';
import { fromFields, streams } from '../bus/streams.ts';
import { makeEnvelope } from '../testing/publisher.ts';
import { makeFolder, startTestRedis, type TestRedis, until } from '../testing/stores.ts';

/** Also on a busy machine; the next message would be due in half an hour. */
const AT_ONCE_MS = 5_000;

let server: TestRedis;
let redis: Redis;
let children: ChildProcess[];
beforeEach(async () => {
  children = [];
  server = await startTestRedis();
  redis = new Redis(server.url);
  redis.on('error', () => undefined);
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  redis.disconnect();
  await server.stop();
});

function replay(...args: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'replay', ...args], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      REDIS_URL: server.url,
      DATABASE_URL: 'postgresql://localhost/none',
    },
  });
  children.push(child);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk) => {
      output[name] += chunk;
    });
  const ended = once(child, 'close').then(([status]) => ({ status: status as number, ...output }));
  return { child, output, ended };
}
const fileOf = (lines: unknown[]) => {
  const file = join(makeFolder('replay'), 'messages.jsonl');
  writeFileSync(
    file,
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  );
  return file;
};
const queued = async () =>
  (await redis.xrange(streams.bus, '-', '+')).map(([, fields]) => fromFields(messageSchema, fields).id);

test('messages of any form reach hubs:bus in their order, once; what is none is named', async () => {
  const amqp = { topic: 'org.fedoraproject.prod.git.receive', id: 'b', headers: {}, body: { agent: 'mira' } };
  const file = fileOf([{ ...makeEnvelope(), msg_id: '2026-a' }, '{', amqp, amqp]);
  const first = await replay(file).ended;
  expect(first).toEqual({
    status: 1,
    stdout: '4 messages: 2 queued, 1 were there, 1 refused.\n',
    stderr: 'message 2: is not JSON\n',
  });
  expect(await queued()).toEqual(['a', 'b']);
  const again = replay('--json', '-');
  again.child.stdin.end(JSON.stringify(amqp));
  expect(await again.ended).toMatchObject({
    status: 0,
    stdout: '{"read":1,"queued":0,"duplicate":1,"refused":0,"left":0}\n',
  });
});

test('Ctrl-C ends it at once, and what came of it is said', async () => {
  const hour = 3_600;
  const file = fileOf(
    [0, 1, hour].map((s, at) => ({ ...makeEnvelope(), msg_id: `2026-${at}`, timestamp: s })),
  );
  const { child, output, ended } = replay('--speed', '2', file);
  await until(() => output.stderr.includes('2 messages: 2 queued'));
  const startedAt = performance.now();
  child.kill('SIGINT');
  expect(await ended).toMatchObject({
    status: 130,
    stdout: '2 messages: 2 queued, 0 were there, 0 refused.\n',
  });
  expect(performance.now() - startedAt).toBeLessThan(AT_ONCE_MS);
});

test('without Redis it waits, says so, and still ends at once', async () => {
  await server.stop();
  const { child, output, ended } = replay(fileOf([makeEnvelope()]));
  await until(() => output.stderr.includes("Redis can't be reached (REDIS_URL)"));
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ status: 130, stdout: expect.stringContaining('1 left.') });
});

test('what it can not read is named', async () => {
  expect(await replay('/nowhere.jsonl').ended).toMatchObject({
    status: 1,
    stderr: "/nowhere.jsonl can't be read (ENOENT); check path and rights.\n",
  });
  expect((await replay('--speed', '0', '/nowhere.jsonl').ended).status).toBe(2);
});
