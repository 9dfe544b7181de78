import { expect, onTestFinished, test } from 'vitest';
import { makeRow, startArchive } from '../../testing/archive.ts';
import { openArchiveSource } from './archive.ts';
import { testSource } from './source.conformance.ts';

const span = { fromMs: Date.UTC(2026, 10, 20, 10), toMs: Date.UTC(2026, 10, 20, 12) };

testSource(async (take, sent) => {
  const archive = await startArchive(
    sent.map((one, at) =>
      makeRow(one === 'broken' ? 'x' : one.id, span.fromMs + at, one === 'broken' ? [] : {}),
    ),
  );
  onTestFinished(() => archive.close());
  return openArchiveSource(archive.url, span, take);
});

test('it tells how far it came, and why not further', async () => {
  const archive = await startArchive([makeRow('a', span.fromMs)]);
  onTestFinished(() => archive.close());
  const complete = openArchiveSource(archive.url, span, async () => undefined);
  await complete.done;
  expect([complete.readUntilMs(), complete.wrong()]).toEqual([span.toMs, []]);
  archive.faults.push(200, 400);
  const halted = openArchiveSource(archive.url, span, async () => undefined);
  await expect(halted.done).rejects.toThrow('(400)');
  expect(halted.readUntilMs()).toBe(Date.UTC(2026, 10, 20, 11));
  expect(halted.wrong()).toEqual([expect.stringContaining('was read no further')]);
});
