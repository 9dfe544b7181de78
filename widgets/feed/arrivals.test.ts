import { expect, test } from 'vitest';
import { findArrivals, groupByDay, renew } from './arrivals.ts';
import type { FeedItem } from './items.ts';

const item = (id: string, time: number): FeedItem => ({
  id,
  time,
  parts: [],
  link: null,
  kind: 'a.b',
  service: 'a',
  agent: null,
  picture: null,
  body: null,
  hub: 1,
  permalink: '/t/garden/e/1',
  tags: [],
  saved: null,
});

test('what is not shown yet has arrived, also in the middle', () => {
  const shown = [item('c', 30), item('a', 10)];
  const latest = [item('d', 40), item('c', 30), item('b', 20), item('a', 10)];
  expect(findArrivals(shown, latest).map(({ id }) => id)).toEqual(['d', 'b']);
});

test('an entry older than all that is shown is no arrival: it only moved up when another went', () => {
  expect(findArrivals([item('c', 30), item('b', 20)], [item('c', 30), item('a', 10)])).toEqual([]);
});

test('in an empty list everything has arrived', () => {
  expect(findArrivals([], [item('a', 10)])).toHaveLength(1);
});

test('what was hidden goes at once, what fell off the end stays while it is read, nothing new comes in', () => {
  const shown = [item('d', 40), item('c', 30), item('b', 20), item('a', 10)];
  const latest = [item('e', 50), { ...item('d', 40), saved: true }, item('b', 20)];
  expect(renew(shown, latest)).toEqual([{ ...item('d', 40), saved: true }, item('b', 20), item('a', 10)]);
  expect(renew(shown, [])).toEqual([]);
});

test('entries stand under their days in their order', () => {
  const days = groupByDay([item('c', 30), item('b', 20), item('a', 10)], ({ time }) =>
    time > 15 ? 'Today' : 'Yesterday',
  );
  expect(days.map(({ day, items }) => `${day}: ${items.map(({ id }) => id)}`)).toEqual([
    'Today: c,b',
    'Yesterday: a',
  ]);
});

test('what comes to stand together with something newer waits with it', () => {
  const shown = [item('b', 20), item('a', 10)];
  const members = [item('c', 30), item('b', 20), item('a', 10)];
  const latest = [{ ...item('c', 30), members }];
  expect(renew(shown, latest)).toEqual(shown);
  expect(findArrivals(shown, latest)).toEqual(latest);
  expect(findArrivals(latest, latest)).toEqual([]);
});
