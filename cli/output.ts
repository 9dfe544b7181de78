// How every command answers: in lines for people, in JSON with --json, not at all with --quiet.
import { type Progress, showProgress } from './progress.ts';

export interface Output {
  /**
   * The answer on standard output.
   * @param data what --json prints, on one line
   * @param lines what people read
   * @param wrong the lines that --quiet leaves
   */
  answer(data: unknown, lines: string | string[], wrong?: string[]): void;
  /** A line of the answer as soon as it is known, for people alone; the whole answer comes at the end. */
  say(line: string): void;
  /**
   * The answer as rows; --json prints them as they are, in one array.
   * @param none what people read where there are no rows
   */
  table<Row>(rows: Row[], columns: Columns<Row>, none: string): void;
  /** How far it has come, on standard error, after 2 s and unless --quiet. */
  progress(say: () => string): Progress;
}

/** By heading, what stands in a row; numbers stand to the right. */
export type Columns<Row> = Record<string, (row: Row) => string | number>;

export function openOutput({ json = false, quiet = false }: { json?: boolean; quiet?: boolean }): Output {
  const answer: Output['answer'] = (data, lines, wrong = []) => {
    if (json) console.log(JSON.stringify(data));
    else for (const line of quiet ? wrong : [lines].flat()) console.log(line);
  };
  return {
    answer,
    say: (line) => void (json || quiet || console.log(line)),
    table: (rows, columns, none) => answer(rows, rows.length === 0 ? none : alignRows(rows, columns)),
    progress: (say) => (quiet ? { clear: () => undefined, end: () => undefined } : showProgress(say)),
  };
}

/** A line for the headings and one for each row, without spaces at their ends. */
function alignRows<Row>(rows: Row[], columns: Columns<Row>): string[] {
  const made = Object.entries(columns).map(([heading, cell]) => {
    const cells = rows.map(cell);
    const isNumber = cells.every((one) => typeof one === 'number');
    const texts = [heading, ...cells.map(String)];
    const width = Math.max(...texts.map((text) => text.length));
    return texts.map((text) => (isNumber ? text.padStart(width) : text.padEnd(width)));
  });
  return ['', ...rows].map((_, at) =>
    made
      .map((texts) => texts[at])
      .join('  ')
      .trimEnd(),
  );
}
