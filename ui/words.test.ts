import { expect, test } from 'vitest';
import { plural, sayAge, sayDay, sayTime, sayUntil } from './words.ts';

const now = Date.UTC(2026, 10, 23, 12, 0);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test('an age is said in the largest unit that fits', () => {
  const ages = [
    0,
    9_000,
    10_000,
    59_000,
    MINUTE,
    59 * MINUTE,
    HOUR,
    23 * HOUR,
    DAY,
    13 * DAY,
    14 * DAY,
    70 * DAY,
  ];
  expect(ages.map((age) => sayAge(now - age, now))).toEqual([
    'just now',
    'just now',
    '10 s ago',
    '50 s ago',
    '1 min ago',
    '59 min ago',
    '1 h ago',
    '23 h ago',
    '1 day ago',
    '13 days ago',
    '2 weeks ago',
    '2 months ago',
  ]);
  expect(sayAge(now - 800 * DAY, now)).toBe('2 years ago');
});

test('a clock that is ahead does not make an age of the future', () => {
  expect(sayAge(now + 5 * MINUTE, now)).toBe('just now');
});

test('what is due is due now', () => {
  expect([sayUntil(now - MINUTE, now), sayUntil(now + 20_000, now), sayUntil(now + 2 * HOUR, now)]).toEqual([
    'now',
    'in 20 s',
    'in 2 h',
  ]);
});

test('days are those of the reader’s calendar, not spans of 24 hours', () => {
  const lateYesterday = Date.UTC(2026, 10, 22, 23, 30);
  expect(sayDay(lateYesterday, now, 'UTC')).toBe('Yesterday');
  expect(sayDay(lateYesterday, now, 'Asia/Tokyo')).toBe('Today');
  expect(sayDay(now - 3 * DAY, now, 'UTC')).toBe('Friday');
  expect(sayDay(now - 20 * DAY, now, 'UTC')).toBe('3 November');
  expect(sayDay(Date.UTC(2024, 1, 29), now, 'UTC')).toBe('29 February 2024');
});

test('the exact time names its zone', () => {
  expect(sayTime(now, 'UTC')).toBe('23 Nov 2026, 12:00 UTC');
});

test('one is not many', () => {
  expect([plural(1, 'reply', 'replies'), plural(0, 'member'), plural(1_200, 'member')]).toEqual([
    '1 reply',
    '0 members',
    '1,200 members',
  ]);
});
