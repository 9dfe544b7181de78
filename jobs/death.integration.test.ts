// Processes that die, are stopped, or lose their Redis: real ones.
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, expect, test } from 'vitest';
import { streams, toFields } from '../bus/streams.ts';
import { type Child, startChild } from '../local/child.ts';
import { makeFolder, startTestRedis, until } from '../testing/stores.ts';

/** A process starts slowly on a busy machine. */
const START = { deadlineMs: 60_000 };
const BEAT_MS = 100;
const SILENCE_MS = 2_000;
const stream = 'test:items';

const server = await startTestRedis();
const redis = new Redis(server.url, { maxRetriesPerRequest: null });
redis.on('error', () => undefined);
const folder = makeFolder('death');
const children: Child[] = [];

afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()));
  await redis.flushall();
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

async function startProcess(): Promise<Child> {
  const env = {
    ...{ PATH: process.env.PATH, NODE_ENV: 'test' as const, HEALTH_PORT: '0' },
    ...{ DATABASE_URL: 'postgresql://unused/hubs', REDIS_URL: server.url },
    ...{ BEAT_MS: String(BEAT_MS), SILENCE_MS: String(SILENCE_MS) },
  };
  const file = join(import.meta.dirname, '../testing/consumer-process.ts');
  const child = await startChild(
    { file: process.execPath, args: [file], env },
    join(folder, `${children.length}.log`),
  );
  children.push(child);
  return child;
}

const fill = async (...words: string[]) => {
  for (const word of words) await redis.xadd(stream, '*', ...toFields(word));
};
const done = () => redis.lrange('done', 0, -1);

test('an item that kills its worker is put aside after four deaths; what was beside it is done', async () => {
  await fill('a', 'poison', 'b');
  let deaths = 0;
  while ((await redis.xlen(streams.dead)) === 0) {
    const child = await startProcess();
    const buried = until(async () => (await redis.xlen(streams.dead)) === 1, START);
    const how = await Promise.race([child.ended, buried.then(() => 'lives')]);
    buried.catch(() => undefined); // the next one waits for it, too
    if (how !== 'lives') deaths += 1;
    expect(['lives', 'was killed by SIGKILL']).toContain(how);
  }
  await until(async () => (await redis.xlen(stream)) === 0);
  expect(deaths).toBe(4);
  expect(new Set(await done())).toEqual(new Set(['a', 'b']));
  const [[, fields] = ['', []]] = await redis.xrange(streams.dead, '-', '+');
  expect(fields).toEqual([
    ...['stream', stream, 'group', 'g', 'id', expect.any(String), 'reason', 'kills its worker'],
    ...toFields('poison'),
  ]);
});

test('processes outlive a Redis that is away for longer than the silence, and go on', async () => {
  const child = await startProcess();
  await fill('before');
  await until(async () => (await done()).includes('before'), START);
  await server.kill();
  const goneAt = Date.now();
  await until(() => Date.now() - goneAt > 2 * SILENCE_MS);
  await server.start();
  await fill('after');
  await until(async () => (await done()).includes('after'));
  expect(child.runs()).toBe(true);
});

test('a process that was stopped for longer than the silence ends when it wakes; its peer has its work', async () => {
  const stopped = await startProcess();
  await fill('hangs once');
  await until(() => redis.exists('tries'), START);
  process.kill(stopped.pid, 'SIGSTOP');
  await startProcess();
  await until(async () => (await done()).length === 1 && (await redis.xlen(stream)) === 0, START);
  process.kill(stopped.pid, 'SIGCONT');
  expect(await stopped.ended).toBe('ended with 1');
  expect(stopped.output()).toContain('was silent for');
});
