import { expect, test } from 'vitest';
import { readRestMs } from './rate-limits.ts';

const now = Date.UTC(2026, 10, 28, 12);
const rest = (headers: Record<string, string>) => readRestMs(new Headers(headers), now);
const HOUR_S = 3_600;

test('Retry-After is seconds or a date', () => {
  expect(rest({ 'retry-after': '120' })).toBe(120_000);
  expect(rest({ 'retry-after': 'Sat, 28 Nov 2026 12:01:00 GMT' })).toBe(60_000);
  expect(rest({ 'retry-after': 'Sat, 28 Nov 2026 11:00:00 GMT' })).toBe(0);
  expect(rest({ 'retry-after': 'soon' })).toBeUndefined();
});

test('a quota that is used up is waited for: its end is a time at GitHub and GitLab, seconds from now elsewhere', () => {
  const end = String(now / 1_000 + HOUR_S);
  expect(rest({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': end })).toBe(HOUR_S * 1_000);
  expect(rest({ 'ratelimit-remaining': '0', 'ratelimit-reset': end })).toBe(HOUR_S * 1_000);
  expect(rest({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '90' })).toBe(90_000);
});

test('a quota that is left is no reason to wait, nor is one whose end is not said', () => {
  expect(rest({ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '90' })).toBeUndefined();
  expect(rest({ 'x-ratelimit-remaining': '0' })).toBeUndefined();
  expect(rest({})).toBeUndefined();
});

test('nobody makes Hubs wait longer than a day', () => {
  expect(rest({ 'retry-after': '99999999' })).toBe(24 * HOUR_S * 1_000);
});
