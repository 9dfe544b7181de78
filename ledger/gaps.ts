// Spans of time in which nothing was heard, or after which something went missing. Open ones are read from the archive.
import type { ClientBase } from 'pg';
import type { GapReason, GapState } from '../prisma/generated/enums.ts';

/** Nobody looks further back: older messages are of no use on a page, and the archive answers slowly. */
export const OLDEST_MS = 3 * 86_400_000;

export interface OpenGap {
  id: number;
  reason: GapReason;
  fromMs: number;
  toMs: number;
  /** How far the archive was read for it. */
  readUntilMs: number;
}

export interface NewGap {
  fromMs: number;
  toMs: number;
  reason: GapReason;
  /** Where the archive is read from, if not from the beginning. */
  readFromMs?: number;
  state: Exclude<GapState, 'filled'>;
}

/** Records one; one of the same kind that it follows upon grows instead, so that a long absence is one gap. */
export async function addGap(client: ClientBase, gap: NewGap): Promise<void> {
  const { fromMs, toMs, reason, readFromMs = fromMs, state } = gap;
  const [from, to, readFrom] = [new Date(fromMs), new Date(toMs), new Date(readFromMs)];
  if ((reason === 'away' && state === 'open') || reason === 'old') {
    const { rowCount } = await client.query(
      `UPDATE bus_gap SET to_at = GREATEST(to_at, $2), state = $4::"GapState" WHERE id = (
         SELECT id FROM bus_gap WHERE reason = $3 AND (state = 'lost') = ($4::"GapState" = 'lost') AND from_at <= $1 AND to_at >= $1
         ORDER BY to_at DESC LIMIT 1)`,
      [from, to, reason, state],
    );
    if (rowCount) return;
  }
  await client.query(
    'INSERT INTO bus_gap (from_at, to_at, reason, state, read_until) VALUES ($1, $2, $3, $4, $5)',
    [from, to, reason, state, readFrom],
  );
}

export async function readOpenGaps(client: ClientBase): Promise<OpenGap[]> {
  const { rows } = await client.query(
    `SELECT id, reason, from_at, to_at, read_until FROM bus_gap WHERE state = 'open' ORDER BY from_at, id`,
  );
  return rows.map(({ id, reason, from_at, to_at, read_until }) => ({
    id,
    reason,
    fromMs: from_at.getTime(),
    toMs: to_at.getTime(),
    readUntilMs: read_until.getTime(),
  }));
}

/** @param found how many more messages only the archive had */
export async function noteRead(
  client: ClientBase,
  id: number,
  { readUntilMs, found }: { readUntilMs: number; found: number },
): Promise<void> {
  await client.query(
    `UPDATE bus_gap SET read_until = GREATEST(read_until, $2), found = found + $3, problem = NULL WHERE id = $1`,
    [id, new Date(readUntilMs), found],
  );
}

export async function noteProblem(client: ClientBase, id: number, problem: string): Promise<void> {
  await client.query('UPDATE bus_gap SET problem = $2 WHERE id = $1', [id, problem]);
}

/** All of it was acknowledged, unless it grew meanwhile. */
export async function closeGap(client: ClientBase, { id, toMs }: OpenGap, found: number): Promise<void> {
  await client.query(
    `UPDATE bus_gap SET found = found + $3, state = CASE WHEN to_at <= $2 THEN 'filled' ELSE state END WHERE id = $1`,
    [id, new Date(toMs), found],
  );
}

/** There is no archive any more. */
export async function loseGaps(client: ClientBase): Promise<void> {
  await client.query(`UPDATE bus_gap SET state = 'lost' WHERE state = 'open'`);
}

/** What of it is too old is lost. @returns what is left of it, which stays open; null where nothing is */
export async function giveUpOld(client: ClientBase, gap: OpenGap, oldestMs: number): Promise<OpenGap | null> {
  const endMs = Math.min(gap.toMs, oldestMs);
  const fromMs = Math.max(gap.fromMs, gap.readUntilMs);
  await addGap(client, { fromMs, toMs: endMs, reason: 'old', state: 'lost' });
  if (endMs === gap.toMs) {
    await client.query('DELETE FROM bus_gap WHERE id = $1', [gap.id]);
    return null;
  }
  await client.query('UPDATE bus_gap SET from_at = $2, read_until = $2 WHERE id = $1', [
    gap.id,
    new Date(endMs),
  ]);
  return { ...gap, fromMs: endMs, readUntilMs: endMs };
}

/** Redis lost what it had: what was read for open gaps counts for nothing. */
export async function readGapsAgain(client: ClientBase): Promise<void> {
  await client.query(`UPDATE bus_gap SET read_until = from_at WHERE state = 'open'`);
}
