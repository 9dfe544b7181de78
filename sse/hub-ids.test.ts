import { expect, test } from 'vitest';
import { readHubIds } from './hub-ids.ts';

const read = (query: string) => readHubIds(new URLSearchParams(query));

test('a stream is of several hubs, each once', () => {
  expect(read('hub=3&hub=1&hub=3')).toEqual([3, 1]);
});

test.each([
  ['', 'is missing'],
  ['hub=', 'is ""'],
  ['hub=1&hub=x', 'is "x"'],
  ['hub=0', 'is "0"'],
  ['hub=-1', 'is "-1"'],
  ['hub=1.5', 'is "1.5"'],
  ['hub=2147483648', 'is "2147483648"'],
  [Array.from({ length: 201 }, (_, index) => `hub=${index + 1}`).join('&'), 'names 201 hubs'],
])('refuses %s', (query, reason) => {
  expect(read(query)).toEqual({
    field: 'hub',
    reason: expect.stringContaining(reason),
    remedy: expect.stringMatching(/./),
  });
});
