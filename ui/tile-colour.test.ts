import { expect, test } from 'vitest';
import { colourOf, inkOn } from './tile-colour.ts';

test('an initial is white on the colours that names have, and readable on whatever an owner picks', () => {
  for (const name of ['design', 'docs', 'workstation', 'a', 'b', 'c', 'd', 'e'])
    expect(inkOn(colourOf(name))).toBe('white');
  expect(['#ffff00', '#ffffff', '#8db8f7', '#000000', '#a8261c'].map(inkOn)).toEqual([
    ...['black', 'black', 'black', 'white', 'white'],
  ]);
});
