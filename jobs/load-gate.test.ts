import { afterAll, afterEach, expect, test } from 'vitest';
import { connectRedis } from '../bus/streams.ts';
import { startTestRedis, until } from '../testing/stores.ts';
import { type LoadGate, openLoadGate } from './load-gate.ts';

const server = await startTestRedis();
const connections = [connectRedis(server.url), connectRedis(server.url)];
afterAll(async () => {
  for (const redis of connections) redis.disconnect();
  await server.stop();
});
afterEach(() => connections[0]?.flushall());

const HOLD_MS = 60_000;
/** Two processes. */
const open = (holdMs = HOLD_MS) =>
  connections.map((redis) => openLoadGate(redis, { perService: 2, holdMs })) as [LoadGate, LoadGate];

let load = 0;
/** One load from its beginning to its end. */
async function run(gate: LoadGate, finding: Parameters<LoadGate['leave']>[2], service = 'forum') {
  load += 1;
  expect(await gate.enter(service, String(load))).toBe('enters');
  return gate.leave(service, String(load), finding);
}
const failed = { outcome: 'failed', sentence: 'forum does not answer.' } as const;
const breakIt = async (gate: LoadGate) => {
  for (let failures = 1; failures < 5; failures += 1) expect(await run(gate, failed)).toBe(0);
  return run(gate, failed);
};
const isAbout = (ms: number) => ({ asymmetricMatch: (given: number) => given <= ms && given > ms - 5_000 });

test('of all processes together, no more than two loads ask one service; other services are not concerned', async () => {
  const [gate, peer] = open();
  expect([await gate.enter('forum', '1'), await peer.enter('forum', '2')]).toEqual(['enters', 'enters']);
  expect([await gate.enter('forum', '3'), await peer.enter('forum', '3')]).toEqual(['busy', 'busy']);
  expect(await peer.enter('forum.other', '4')).toBe('enters');
  expect(await peer.closed()).toEqual(['load:forum']);
  await gate.leave('forum', '1', { outcome: 'answered' });
  expect(await peer.closed()).toEqual([]);
  expect(await peer.enter('forum', '3')).toBe('enters');
});

test('the place of a process that died is free when its load must have ended', async () => {
  const [gate] = open(100);
  await gate.enter('forum', '1');
  await gate.enter('forum', '2');
  expect(await gate.enter('forum', '3')).toBe('busy');
  await until(async () => (await gate.enter('forum', '3')) === 'enters');
});

test('after five failures in a row nobody asks for 30 s, with the reason; an answer between begins anew', async () => {
  const [gate, peer] = open();
  for (let failures = 1; failures < 5; failures += 1) await run(gate, failed);
  await run(peer, { outcome: 'answered' });
  expect(await breakIt(peer)).toEqual(isAbout(30_000));
  expect(await gate.enter('forum', 'x')).toEqual({
    restMs: isAbout(30_000),
    sentence: 'forum does not answer.',
  });
  expect(await gate.resting(['forum', 'other'])).toEqual([true, false]);
  expect(await gate.enter('other', 'x')).toBe('enters');
});

test('loads that were under way when it broke do not make the rest longer', async () => {
  const [gate] = open();
  for (let failures = 1; failures < 4; failures += 1) await run(gate, failed);
  await gate.enter('forum', 'slow');
  await run(gate, failed);
  await gate.enter('forum', 'slower');
  expect(await gate.leave('forum', 'slow', failed)).toEqual(isAbout(30_000));
  expect(await gate.leave('forum', 'slower', failed)).toEqual(isAbout(30_000));
});

/** Lets the rest pass: Redis keeps the time, so its end is set. */
const endRest = () => connections[0]?.hset('hubs:service:forum', 'brokenUntil', 1);

test('after the rest one load tries; if it fails the rest is twice as long, if not all may ask', async () => {
  const [gate, peer] = open();
  await breakIt(gate);
  await endRest();
  expect(await gate.enter('forum', 'probe')).toBe('enters');
  expect(await peer.enter('forum', 'other')).toMatchObject({ restMs: isAbout(HOLD_MS) });
  expect(await gate.leave('forum', 'probe', failed)).toEqual(isAbout(60_000));
  await endRest();
  expect(await run(peer, { outcome: 'answered' })).toBe(0);
  expect([await gate.enter('forum', 'a'), await peer.enter('forum', 'b')]).toEqual(['enters', 'enters']);
});

test('a service that asks to be left alone is, also when another load was answered meanwhile', async () => {
  const [gate, peer] = open();
  await gate.enter('forum', 'other');
  const asked = { outcome: 'answered', askedMs: 120_000, sentence: 'forum asks for fewer.' } as const;
  expect(await run(peer, asked)).toEqual(isAbout(120_000));
  expect(await gate.leave('forum', 'other', { outcome: 'answered' })).toEqual(isAbout(120_000));
  expect(await gate.enter('forum', 'x')).toEqual({
    restMs: isAbout(120_000),
    sentence: 'forum asks for fewer.',
  });
});

test('without Redis no load is taken, and other jobs are', async () => {
  const alone = connectRedis('redis://127.0.0.1:1', 'fail');
  expect(await openLoadGate(alone, { perService: 2, holdMs: 1_000 }).closed()).toEqual(['load']);
  alone.disconnect();
});
