import { expect, test } from 'vitest';
import { concerns } from './concerns.ts';

const people = { id: 7, hub: 3, reloadOn: ['role' as const, 'entry' as const] };

test('a widget is fetched again for the notices its kind reloads on, of its own hub', () => {
  expect(concerns({ hub: 3, what: 'role' }, people)).toBe(true);
  expect(concerns({ hub: 3, what: 'hub' }, people)).toBe(false);
  expect(concerns({ hub: 4, what: 'role' }, people)).toBe(false);
});

test('a new value is for the widgets that the notice lists', () => {
  expect(concerns({ hub: 3, what: 'value', widgets: [6, 7] }, people)).toBe(true);
  expect(concerns({ hub: 3, what: 'value', widgets: [6] }, people)).toBe(false);
  expect(concerns({ hub: 3, what: 'value' }, people)).toBe(false);
});

test('whoever may have missed something fetches again', () => {
  expect(concerns('missed', people)).toBe(true);
});
