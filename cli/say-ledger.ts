// The ledger as text for a terminal. All times are UTC.
import { AGAIN, outcomes, RECEIVED } from '../ledger/outcomes.ts';
import { type Counts, type Ledger, sayGap, sumRows, unaccounted } from '../ledger/read-ledger.ts';
import type { StreamLengths } from '../ledger/stream-lengths.ts';
import { sayAge } from '../ui/words.ts';

interface Look {
  /** A line for each service in each hour, not for each hour. */
  byService: boolean;
  nowMs: number;
}

export function sayLedger(ledger: Ledger, lengths: StreamLengths | null, look: Look): string {
  return [
    sayPosition(ledger, lengths, look.nowMs),
    sayCounts(ledger, look),
    sayGaps(ledger),
    sayChecks(ledger),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function sayPosition(ledger: Ledger, lengths: StreamLengths | null, nowMs: number): string {
  const { sinceMs, watermarkMs } = ledger;
  const position =
    sinceMs === null || watermarkMs === null
      ? 'No listener has heard the bus yet.'
      : `Heard since ${minute(sinceMs)}. All that was sent before ${second(watermarkMs)} is done (${sayAge(watermarkMs, nowMs)}).`;
  const streams = lengths
    ? Object.entries(lengths).map(([name, length]) => `${name} ${length}`)
    : ["Redis can't be reached (REDIS_URL)"];
  return `${position}\nIn the streams: ${streams.join(', ')}.`;
}

function sayCounts({ rows, checks }: Ledger, { byService }: Look): string {
  if (rows.length === 0) return 'No messages in this time.';
  const groups = sumRows(rows, ({ hourMs, service }) => `${hourMs} ${byService ? service : ''}`);
  const total = sumRows(rows, () => '').get('') ?? {};
  const used = [...outcomes, AGAIN].filter((name) => ['queued', 'duplicate'].includes(name) || total[name]);
  const names = [RECEIVED, ...used];
  const archive = new Map(checks.map((check) => [check.hourMs, String(check.archive)]));
  const head = [
    'hour (UTC)',
    ...(byService ? ['service'] : []),
    ...names,
    'nowhere',
    ...(byService ? [] : ['archive']),
  ];
  const lines = [...groups].map(([key, counts]) => {
    const [hourMs = '', service = ''] = key.split(' ');
    return [
      ...[minute(Number(hourMs)), ...(byService ? [service] : []), ...cells(names, counts)],
      ...(byService ? [] : [archive.get(Number(hourMs)) ?? '']),
    ];
  });
  return alignRight([head, ...lines], byService ? 2 : 1);
}

/** `nowhere`: received, and nothing became of it. */
const cells = (names: string[], counts: Counts) => [
  ...names.map((name) => String(counts[name] ?? 0)),
  String(unaccounted(counts)),
];

function sayGaps({ gaps }: Ledger): string {
  if (gaps.length === 0) return 'Nothing was missed.';
  const lines = gaps.map((gap) => {
    const { why, became } = sayGap(gap);
    return `  ${second(gap.fromMs)} to ${second(gap.toMs)}: ${why}; ${became}.`;
  });
  return ['Not heard from the bus:', ...lines].join('\n');
}

function sayChecks({ checks }: Ledger): string {
  const [newest] = checks;
  if (!newest) return '';
  const differing = checks.filter(({ archive, heard, lost }) => lost > 0 || archive !== heard);
  if (differing.length === 0)
    return `The archive has as many messages as Hubs of each of ${checks.length} hours, up to ${minute(newest.hourMs)}.`;
  const lines = differing.map(
    ({ hourMs, archive, heard, lost }) =>
      `  ${minute(hourMs)}: the archive has ${archive}, Hubs ${heard}${lost > 0 ? `; ${lost} were lost before the listener` : ''}.`,
  );
  return [
    `Of ${checks.length} hours that were compared with the archive, ${differing.length} differ:`,
    ...lines,
  ].join('\n');
}

function alignRight(rows: string[][], textColumns: number): string {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at < textColumns ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const second = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
const minute = (ms: number) => second(ms).slice(0, 16);
