import { expect, test } from 'vitest';
import { idleShare } from './idle.ts';

const DAY = 86_400_000;
const now = Date.UTC(2026, 10, 23);
const ago = (days: number) => new Date(now - days * DAY);

test('a hub grows greyer at a day, week, month, quarter, year, 2 and 5 years', () => {
  const steps = [0.9, 1, 7, 31, 92, 365, 730, 1826].map((days) =>
    Math.round(idleShare({ lastEntryAt: ago(days), createdAt: ago(9_999) }, now) * 7),
  );
  expect(steps).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('a hub without entries is idle since it was made', () => {
  expect(idleShare({ lastEntryAt: null, createdAt: ago(0) }, now)).toBe(0);
  expect(idleShare({ lastEntryAt: null, createdAt: ago(8) }, now)).toBeCloseTo(2 / 7);
});
