import type { Found } from './reader.ts';

export interface Comparison {
  /** Numbers of messages that should be there and are not. */
  lost: number[];
  /** Of those that are there more than once. */
  doubled: number[];
  /** Of those that are where they don't belong. */
  strange: number[];
}

export function compare(expected: Found[], found: Found[]): Comparison {
  const keyOf = ({ hub, number }: Found) => `${hub} ${number}`;
  const times = new Map<string, number>();
  for (const one of found) times.set(keyOf(one), (times.get(keyOf(one)) ?? 0) + 1);
  const wanted = new Set(expected.map(keyOf));
  return {
    lost: expected.filter((one) => !times.has(keyOf(one))).map(({ number }) => number),
    doubled: expected.filter((one) => (times.get(keyOf(one)) ?? 0) > 1).map(({ number }) => number),
    strange: found.filter((one) => !wanted.has(keyOf(one))).map(({ number }) => number),
  };
}
