// All that is known of the bus's messages, for the command and the page of the system.
import type { Pool } from '../prisma/client.ts';
import type { GapReason, GapState } from '../prisma/generated/enums.ts';
import { AGAIN, HOUR_MS, outcomes, RECEIVED } from './outcomes.ts';

/** How many messages had which outcome; also `received` and `again` (outcomes.ts). */
export type Counts = Record<string, number>;

export interface LedgerRow {
  hourMs: number;
  service: string;
  counts: Counts;
}

export interface Gap {
  fromMs: number;
  toMs: number;
  reason: GapReason;
  state: GapState;
  found: number;
  problem: string | null;
}

export interface Check {
  hourMs: number;
  archive: number;
  heard: number;
  lost: number;
  checkedMs: number;
}

export interface Ledger {
  /** Null until a listener heard the bus. Milliseconds since 1970. */
  sinceMs: number | null;
  heardMs: number | null;
  watermarkMs: number | null;
  /** Newest hour first, services by name. */
  rows: LedgerRow[];
  /** Newest first: those of the time asked for, and all that are open. */
  gaps: Gap[];
  /** Newest first. */
  checks: Check[];
}

const ROWS = `
  SELECT hour, service, json_object_agg(outcome, n) AS counts FROM ledger
  WHERE hour >= $1 AND ($2::text IS NULL OR service = $2)
  GROUP BY hour, service ORDER BY hour DESC, service`;

const GAPS = `
  SELECT from_at, to_at, reason, state, found, problem FROM bus_gap
  WHERE to_at >= $1 OR state = 'open' ORDER BY from_at DESC, id DESC`;

/** @param since counts of messages sent from then on; the hour it lies in is whole */
export async function readLedger(
  pool: Pool,
  { sinceMs, service = null }: { sinceMs: number; service?: string | null },
): Promise<Ledger> {
  const from = new Date(sinceMs);
  const [position, rows, gaps, checks] = await Promise.all([
    pool.query('SELECT since, heard_at, watermark FROM bus_position'),
    pool.query(ROWS, [new Date(sinceMs - (sinceMs % HOUR_MS)), service]),
    pool.query(GAPS, [from]),
    pool.query(
      'SELECT hour, archive, heard, lost, checked_at FROM ledger_check WHERE hour >= $1 ORDER BY hour DESC',
      [from],
    ),
  ]);
  const { since = null, heard_at = null, watermark = null } = position.rows[0] ?? {};
  return {
    sinceMs: since?.getTime() ?? null,
    heardMs: heard_at?.getTime() ?? null,
    watermarkMs: watermark?.getTime() ?? null,
    rows: rows.rows.map(({ hour, ...row }) => ({ hourMs: hour.getTime(), ...row })),
    gaps: gaps.rows.map(({ from_at, to_at, ...gap }) => ({
      fromMs: from_at.getTime(),
      toMs: to_at.getTime(),
      ...gap,
    })),
    checks: checks.rows.map(({ hour, checked_at, ...check }) => ({
      hourMs: hour.getTime(),
      ...check,
      checkedMs: checked_at.getTime(),
    })),
  };
}

/** What the rows have together, by whatever they are grouped. */
export function sumRows<Key>(rows: LedgerRow[], keyOf: (row: LedgerRow) => Key): Map<Key, Counts> {
  const sums = new Map<Key, Counts>();
  for (const row of rows) {
    const sum = sums.get(keyOf(row)) ?? {};
    for (const [name, n] of Object.entries(row.counts)) sum[name] = (sum[name] ?? 0) + n;
    sums.set(keyOf(row), sum);
  }
  return sums;
}

/** Received, and nothing became of it: it is on its way, or was lost in the memory of a listener that died. */
export function unaccounted(counts: Counts): number {
  const decided = [...outcomes, AGAIN].reduce((sum, name) => sum + (counts[name] ?? 0), 0);
  return Math.max(0, (counts[RECEIVED] ?? 0) - decided);
}

const reasons: Record<GapReason, string> = {
  away: 'nobody listened, a source was away, or there was no room',
  emptied: 'Redis was emptied',
  redis: 'Redis broke off',
  check: 'the archive had more',
  old: 'older than 3 days, which is as far as the archive is read back',
};

const states: Record<GapState, string> = {
  open: 'being read from the archive',
  filled: 'read from the archive',
  lost: 'no archive covers it',
};

/** Why there is a gap and what came of it, in words. */
export function sayGap({ reason, state, found, problem }: Gap): { why: string; became: string } {
  const became = problem ? `waits for the archive: ${problem}` : states[state];
  return { why: reasons[reason], became: state === 'lost' ? became : `${became}, ${found} new` };
}
