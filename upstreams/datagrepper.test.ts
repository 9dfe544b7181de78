import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeRow, startArchive, type TestArchive } from '../testing/archive.ts';
import { until } from '../testing/until.ts';
import { countArchive, readArchive } from './datagrepper.ts';

const HOUR_MS = 3_600_000;
const from = Date.UTC(2026, 10, 20, 10);
let archive: TestArchive;
beforeEach(async () => {
  archive = await startArchive();
});
afterEach(() => archive.close());

const quick = { pauseMs: 1 };
async function readAll(toMs: number, options = {}) {
  const pages = await Array.fromAsync(
    readArchive(archive.url, { fromMs: from, toMs }, { ...quick, ...options }),
  );
  const ids = pages.flatMap(({ rows }) => rows.map((row) => (row as { id: string }).id));
  return { ids, readUntil: pages.map(({ readUntilMs }) => (readUntilMs - from) / HOUR_MS) };
}

test('all messages of a span come once, the oldest first, hour by hour and page by page', async () => {
  const minutes = Array.from({ length: 150 }, (_, at) => from + at * 1_000);
  const second = [from + HOUR_MS, from + 2 * HOUR_MS - 1];
  const outside = [from - 1, from + 2.5 * HOUR_MS];
  archive.rows.push(...[...outside, ...second, ...minutes].map((sentMs) => makeRow(String(sentMs), sentMs)));
  const { ids, readUntil } = await readAll(from + 2.5 * HOUR_MS);
  expect(ids).toEqual([...minutes, ...second].map(String));
  expect(readUntil).toEqual([0, 1, 2, 2.5]);
  expect(
    archive.requests.map((query) => [query.get('page'), query.get('order'), query.get('rows_per_page')]),
  ).toEqual([1, 2, 1, 1].map((page) => [String(page), 'asc', '100']));
});

test('an empty hour has been read', async () => {
  expect(await readAll(from + HOUR_MS)).toEqual({ ids: [], readUntil: [1] });
});

test('a fault that passes is asked again', async () => {
  archive.rows.push(makeRow('a', from));
  archive.faults.push(502, 504, 500);
  expect((await readAll(from + HOUR_MS)).ids).toEqual(['a']);
  expect(archive.requests).toHaveLength(4);
});

test('one that stays ends the reading with a sentence, after what is complete', async () => {
  archive.rows.push(makeRow('a', from));
  const pages = readArchive(archive.url, { fromMs: from, toMs: from + 2 * HOUR_MS }, quick);
  expect(await pages.next()).toMatchObject({ value: { readUntilMs: from + HOUR_MS } });
  archive.faults.push(...Array(5).fill(502));
  await expect(pages.next()).rejects.toThrow('has a fault of its own (502)');
  archive.faults.push(400);
  await expect(readAll(from + HOUR_MS)).rejects.toThrow('did not accept the request (400)');
});

test('a stop ends the wait for the next try', async () => {
  archive.faults.push(502);
  const stopping = new AbortController();
  const reading = readAll(from + HOUR_MS, { pauseMs: 60_000, signal: stopping.signal });
  await until(() => archive.requests.length === 1);
  stopping.abort();
  await expect(reading).rejects.toThrow('was ended');
});

test('what a span has is counted with one request', async () => {
  archive.rows.push(...[-1, 0, 5, HOUR_MS].map((ms) => makeRow(String(ms), from + ms)));
  expect(await countArchive(archive.url, { fromMs: from, toMs: from + HOUR_MS })).toBe(2);
  expect(archive.requests).toHaveLength(1);
});
