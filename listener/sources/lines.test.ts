import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { makeEnvelope } from '../../testing/publisher.ts';
import { openLinesSource } from './lines.ts';
import { TOPIC, testSource } from './source.conformance.ts';

testSource(async (take, sent) => {
  const lines = sent.map((one) =>
    one === 'broken' ? '{' : JSON.stringify({ ...makeEnvelope(TOPIC), msg_id: one.id }),
  );
  return openLinesSource(Readable.from([`\n${lines.join('\r\n')}\n`]), { name: 'file' }, take);
});

test('with a speed it keeps the pauses between the messages, shortened', async () => {
  const at = (timestamp: number) => JSON.stringify({ ...makeEnvelope(), timestamp });
  const times: number[] = [];
  const start = performance.now();
  const source = openLinesSource(
    Readable.from([[1_000, 1_003, 1_002, 1_006].map(at).join('\n')]),
    { name: 'file', speed: 20 },
    async () => void times.push(performance.now()),
  );
  await source.done;
  // A timer may be early by a millisecond, and late by any time.
  const early = times.filter((time, at) => time - start < ([0, 150, 150, 300][at] ?? 0) - 2);
  expect({ count: times.length, early }).toEqual({ count: 4, early: [] });
});

test('a stop ends a pause', async () => {
  const at = (timestamp: number) => JSON.stringify({ ...makeEnvelope(), timestamp });
  let taken = 0;
  const lines = Readable.from([`${at(0)}\n${at(1_000_000)}\n`]);
  const source = openLinesSource(lines, { name: 'file', speed: 1 }, async () => void taken++);
  await source.stop(5_000);
  await source.done;
  expect(taken).toBeLessThan(2);
});
