import { expect, test } from 'vitest';
import { compare } from './compare.ts';

test('what is missing, what is there twice, and what is where it does not belong are told apart', () => {
  const expected = [1, 2, 3].map((number) => ({ hub: 7, number }));
  const found = [
    { hub: 7, number: 1 },
    { hub: 7, number: 2 },
    { hub: 7, number: 2 },
    { hub: 8, number: 3 },
  ];
  expect(compare(expected, found)).toEqual({ lost: [3], doubled: [2], strange: [3] });
  expect(compare(expected, expected)).toEqual({ lost: [], doubled: [], strange: [] });
});
