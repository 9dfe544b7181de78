import Link from 'next/link';
import { AGAIN, heardOnce, outcomes, RECEIVED } from '../../ledger/outcomes.ts';
import { type Counts, unaccounted } from '../../ledger/read-ledger.ts';

export interface CountLine {
  name: string;
  href?: string;
  counts: Counts;
  /** How many the archive has; undefined: not compared. */
  archive?: number | undefined;
}

const words: Record<string, string> = {
  nowhere: 'Received, and nothing became of it: on its way, or lost in the memory of a listener that died',
  archive: 'What the archive has of the hour',
  [AGAIN]: 'Redis was emptied: read again from the archive, and counted anew',
  own: "Hubs' own events, which the bus brought back",
  junk: 'Of a topic that nobody here wants',
};

/** Outcomes that happened nowhere take no column. */
function columnsOf(lines: CountLine[], hasArchive: boolean): string[] {
  const happened = [...outcomes, AGAIN].filter((name) => lines.some(({ counts }) => counts[name]));
  const isLost = lines.some(({ counts }) => unaccounted(counts) > 0);
  return [RECEIVED, ...happened, ...(isLost ? ['nowhere'] : []), ...(hasArchive ? ['archive'] : [])];
}

function countOf({ counts, archive }: CountLine, column: string): number | undefined {
  if (column === 'archive') return archive;
  return column === 'nowhere' ? unaccounted(counts) : (counts[column] ?? 0);
}

/** A line for each hour or service, a column for each outcome. */
export function CountsTable(given: { title: string; lines: CountLine[]; hasArchive?: boolean }) {
  const { title, lines, hasArchive = false } = given;
  const columns = columnsOf(lines, hasArchive);
  const isMissing = ({ counts, archive = 0 }: CountLine) =>
    archive > heardOnce.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
  return (
    <section
      aria-label={title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, also by keyboard
      tabIndex={0}
      className="mt-3 overflow-x-auto rounded-lg border border-line bg-surface shadow-card"
    >
      <table className="w-full text-sm tabular-nums">
        <thead>
          <tr className="border-line border-b text-left text-muted">
            <th scope="col" className="px-3 py-2 font-medium">
              {title}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" title={words[column]} className="px-3 py-2 text-right font-medium">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {lines.map((line) => (
            <tr key={line.name}>
              <th scope="row" className="whitespace-nowrap px-3 py-1.5 text-left font-normal">
                {line.href ? (
                  <Link href={line.href} prefetch={false}>
                    {line.name}
                  </Link>
                ) : (
                  line.name
                )}
              </th>
              {columns.map((column) => {
                const value = countOf(line, column);
                const isBad = (column === 'nowhere' && value) || (column === 'archive' && isMissing(line));
                return (
                  <td
                    key={column}
                    className={`px-3 py-1.5 text-right ${isBad ? 'font-medium text-bad' : value ? '' : 'text-muted'}`}
                  >
                    {value?.toLocaleString('en') ?? ''}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
