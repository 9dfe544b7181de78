// How far Hubs has come on the bus, in PostgreSQL, kept by one listener at a time (docs/decisions/015-watermark.md).
import type { ClientBase } from 'pg';
import { putAsideFrom } from './counts.ts';
import { addGap, readGapsAgain } from './gaps.ts';

/** PostgreSQL's advisory lock of whoever keeps the position; it goes with their connection. */
const LOCK = 5_118_201;

export interface Position {
  epoch: string | null;
  /** Milliseconds since 1970; null until a listener heard the bus for the first time. */
  heardMs: number | null;
  watermarkMs: number | null;
}

/** Whether this connection keeps the position now. */
export async function tryToKeep(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS ours', [LOCK]);
  return rows[0].ours;
}

export async function readPosition(client: ClientBase): Promise<Position> {
  const { rows } = await client.query('SELECT epoch, heard_at, watermark FROM bus_position');
  const [{ epoch, heard_at, watermark }] = rows;
  return { epoch, heardMs: heard_at?.getTime() ?? null, watermarkMs: watermark?.getTime() ?? null };
}

/** Both only move on; the first call begins the position. */
export async function movePosition(client: ClientBase, heardMs: number, watermarkMs: number): Promise<void> {
  await client.query(
    `UPDATE bus_position SET since = COALESCE(since, $1),
       heard_at = GREATEST(heard_at, $1), watermark = GREATEST(watermark, $2)`,
    [new Date(heardMs), new Date(watermarkMs)],
  );
}

/**
 * Redis is not the one it was. What was not acknowledged is gone with it: the archive is read for it again from the start
 * of the watermark's hour, which is counted anew; without an archive it is lost.
 */
export async function startEpoch(
  client: ClientBase,
  { watermarkMs }: Position,
  { epoch, nowMs, toMs, overlapMs, hasArchive }: NewEpoch,
): Promise<void> {
  await client.query('BEGIN');
  try {
    if (watermarkMs !== null) {
      const gap = { fromMs: watermarkMs, reason: 'emptied' } as const;
      if (hasArchive) {
        await readGapsAgain(client);
        const readFromMs = await putAsideFrom(client, watermarkMs - overlapMs);
        await addGap(client, { ...gap, toMs, readFromMs, state: 'open' });
      } else await addGap(client, { ...gap, toMs: nowMs, state: 'lost' });
      await client.query('UPDATE bus_position SET heard_at = GREATEST(heard_at, $1)', [new Date(nowMs)]);
    }
    await client.query('UPDATE bus_position SET epoch = $1', [epoch]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined); // the connection broke: PostgreSQL rolls back by itself
    throw error;
  }
}

interface NewEpoch {
  epoch: string;
  nowMs: number;
  /** Where the gap ends that the archive is read for. */
  toMs: number;
  overlapMs: number;
  hasArchive: boolean;
}
