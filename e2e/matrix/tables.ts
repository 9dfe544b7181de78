// A table of expectations as a person writes it: columns are who asks, rows what they ask for.

/** By row, then by column. */
export type Table = Map<string, Map<string, string>>;

const wordsOf = (line: string) => line.trim().split(/\s+/);

/**
 * Reads it: the first line names the columns, every other one begins with its row.
 *
 * | word | the answer |
 * | --- | --- |
 * | `done` | 200, and what was asked for happened |
 * | `200`, `403`, … | that status, and nothing is changed |
 * | `sign-in` | on to the page where one signs in; nothing is changed |
 * | `on` | on to another page; nothing is changed |
 * | `left` | on to another page, and something is changed |
 * | `-`, or marks joined with `+` | 200, with these marks of the hub (world.ts) in the body and no other |
 * | `door` `open` `all` `own` | the same, for the marks that a hub's page is made of |
 *
 * Whatever the word, a mark that it does not name is nowhere in the answer.
 */
export function table(text: string): Table {
  const [head = '', ...lines] = text.trim().split('\n');
  const columns = wordsOf(head);
  return new Map(
    lines.map((line) => {
      const [row = '', ...words] = wordsOf(line);
      if (words.length !== columns.length) throw new Error(`${line.trim()}: not ${columns.length} words`);
      return [row, new Map(columns.map((column, at) => [column, words[at] ?? '']))];
    }),
  );
}

/** The table without a row and a column. */
export const without = (cells: Table, row: string, column: string): Table =>
  new Map(
    [...cells]
      .filter(([name]) => name !== row)
      .map(([name, words]) => [name, new Map([...words].filter(([who]) => who !== column))]),
  );
