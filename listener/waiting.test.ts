import { expect, test } from 'vitest';
import { WaitingMessages } from './waiting.ts';

const message = (id: string, text = id) => ({ id, counted: { service: 'bodhi', place: '0 bodhi' }, text });
const isSettled = async (promise: Promise<unknown>) => {
  const pending = Symbol('pending');
  return (await Promise.race([promise, new Promise((r) => setImmediate(r, pending))])) !== pending;
};

test('who adds to a full buffer waits until something was taken away', async () => {
  const waiting = new WaitingMessages(2);
  await waiting.add(message('a'));
  await waiting.add(message('b'));
  const third = waiting.add(message('c'));
  expect(await isSettled(third)).toBe(false);
  waiting.drop(1);
  expect(await third).toBe(true);
  expect((await waiting.oldest(9, 9)).map(({ id }) => id)).toEqual(['b', 'c']);
});

test('large messages fill it too', async () => {
  const waiting = new WaitingMessages(1_000);
  for (let i = 0; i < 64; i += 1) await waiting.add(message(String(i), 'x'.repeat(1_000_000)));
  expect(await isSettled(waiting.add(message('one more')))).toBe(false);
});

test('a batch is bounded in messages and in length, and has at least one', async () => {
  const waiting = new WaitingMessages(10);
  for (const id of ['a', 'b', 'c']) await waiting.add(message(id, 'x'.repeat(10)));
  const ids = async (limit: number, length: number) =>
    (await waiting.oldest(limit, length)).map(({ id }) => id);
  expect(await ids(2, 100)).toEqual(['a', 'b']);
  expect(await ids(9, 20)).toEqual(['a', 'b']);
  expect(await ids(9, 1)).toEqual(['a']);
});

test('closing ends every wait and gives back what is left', async () => {
  const waiting = new WaitingMessages(1);
  await waiting.add(message('a'));
  const waits = [waiting.add(message('b')), waiting.isEmpty()];
  expect(waiting.close()).toEqual([message('a')]);
  expect(await Promise.all(waits)).toEqual([false, undefined]);
  expect(await waiting.oldest(1, 1)).toEqual([]);
});
