import { expect, test } from 'vitest';
import { tellAbsence } from './absence.ts';

const DAY = 86_400_000;
const now = Date.UTC(2026, 10, 24, 12);
/** Entries newest first, the newest at `newest`, a minute apart. */
const kept = (count: number, newest = now) =>
  Array.from({ length: count }, (_, n) => ({ id: `m${n}`, time: newest - n * 60_000 }));

test('what came since is told, at most twenty lines, and how many are older', () => {
  const since = now - 25 * 60_000;
  expect(tellAbsence(since, kept(60), 0)).toEqual({ since, lines: kept(20), older: 5 });
  expect(tellAbsence(since, kept(3), 0)).toEqual({ since, lines: kept(3), older: 0 });
});

test('where nothing came, nothing is told', () => {
  expect(tellAbsence(now, kept(60), 500)).toBeNull();
  expect(tellAbsence(now, [], 0)).toBeNull();
});

test('what the feed let go is counted; where it lets nothing go, the counts are not needed', () => {
  const since = now - 30 * DAY;
  expect(tellAbsence(since, kept(100), 432)?.older).toBe(412);
  expect(tellAbsence(since, kept(100), 7)?.older).toBe(80);
  expect(tellAbsence(since, kept(99), 432)?.older).toBe(79);
  expect(tellAbsence(now - 50 * 60_000, kept(100), 432)?.older).toBe(30);
});
