import { afterEach, expect, test, vi } from 'vitest';
import { openOutput } from './output.ts';

const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
afterEach(() => log.mockClear());
const said = () => log.mock.calls.map(([line]) => line);

const rows = [
  { name: 'meetings', bytes: 7 },
  { name: 'help', bytes: 1200 },
];
type Row = (typeof rows)[number];
const columns = { NAME: ({ name }: Row) => name, BYTES: ({ bytes }: Row) => bytes };

test('rows are a table with numbers to the right, or one JSON array, or a sentence where there are none', () => {
  openOutput({}).table(rows, columns, 'There is nothing.');
  expect(said()).toEqual(['NAME      BYTES', 'meetings      7', 'help       1200']);
  log.mockClear();
  openOutput({ json: true }).table(rows, columns, 'There is nothing.');
  expect(said()).toEqual([JSON.stringify(rows)]);
  log.mockClear();
  openOutput({}).table<Row>([], columns, 'There is nothing.');
  openOutput({ json: true }).table<Row>([], columns, 'There is nothing.');
  expect(said()).toEqual(['There is nothing.', '[]']);
});

test('--quiet leaves what is wrong, and what --json was asked for', () => {
  const quiet = openOutput({ quiet: true });
  quiet.answer({ done: 3 }, 'Did three.');
  expect(said()).toEqual([]);
  quiet.answer({ wrong: 1 }, ['One is fine.', 'One is wrong.'], ['One is wrong.']);
  expect(said()).toEqual(['One is wrong.']);
  log.mockClear();
  openOutput({ quiet: true, json: true }).answer({ done: 3 }, 'Did three.');
  expect(said()).toEqual(['{"done":3}']);
});
