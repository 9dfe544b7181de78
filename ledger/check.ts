// The independent check: each past hour as the archive counts it against what Hubs counted. What a listener never
// received, and so never missed, shows here.
import { wantedTopics } from '../bus/wanted-topics.ts';
import type { Pool } from '../prisma/client.ts';
import type { Log } from '../runtime/log.ts';
import type { Settings } from '../settings/settings.ts';
import { type ArchiveOptions, countArchive, readArchive, type Span } from '../upstreams/datagrepper.ts';
import { OLDEST_MS } from './gaps.ts';
import { HOUR_MS, heardOnce } from './outcomes.ts';

export interface CheckedHour {
  hourMs: number;
  /** Messages that the archive has of it, of the topics that Hubs subscribed to. */
  archive: number;
  /** Messages that Hubs had, by whatever way. */
  heard: number;
}

/** What came late, or is on its way from the archive, shall be there. */
const SETTLED_MS = 600_000;

/** Hours that Hubs heard, or should have, that no open gap touches, and that were never found complete. */
const HOURS = `
  SELECT hour, (
    SELECT COALESCE(sum(n), 0) FROM ledger WHERE ledger.hour = hours.hour AND outcome = ANY ($3))::int AS heard
  FROM bus_position, generate_series($1::timestamptz, $2, interval '1 hour') AS hours (hour)
  WHERE hour >= since AND hour + interval '1 hour' <= heard_at
    AND NOT EXISTS (SELECT FROM bus_gap
      WHERE state = 'open' AND from_at < hour + interval '1 hour' AND to_at > hour)
    AND NOT EXISTS (SELECT FROM ledger_check WHERE ledger_check.hour = hours.hour AND heard >= archive)
  ORDER BY hour`;

const NOTE = `
  INSERT INTO ledger_check (hour, archive, heard, lost, checked_at)
  VALUES ($1, $2::int, $3::int, GREATEST($2::int - $3::int, 0), now())
  ON CONFLICT (hour) DO UPDATE SET archive = EXCLUDED.archive, heard = EXCLUDED.heard,
    lost = GREATEST(ledger_check.lost, EXCLUDED.lost), checked_at = EXCLUDED.checked_at`;

/** Once for an hour: what the archive has and nobody can read would be asked for again and again. */
const ASK_FOR = `
  INSERT INTO bus_gap (from_at, to_at, reason, state, read_until)
  SELECT $1::timestamptz, $1::timestamptz + interval '1 hour', 'check', 'open', $1
  WHERE NOT EXISTS (SELECT FROM bus_gap WHERE reason = 'check' AND from_at = $1)`;

/**
 * Compares the hours of the last 3 days that were not found complete before. Of what is missing it says so in the log,
 * and asks the listener to read the hour from the archive (an open gap).
 * @throws {UpstreamError} when the archive does not answer; the hours before are noted
 */
export async function checkLedger(
  { settings, log, pool }: { settings: Settings; log: Log; pool: Pool },
  options: ArchiveOptions = {},
): Promise<CheckedHour[]> {
  if (!settings.ARCHIVE_URL) return [];
  const now = Date.now();
  const hours = [now - OLDEST_MS, now - SETTLED_MS - HOUR_MS].map((ms) => Math.floor(ms / HOUR_MS) * HOUR_MS);
  const [firstMs = 0, lastMs = 0] = hours;
  const { rows } = await pool.query<{ hour: Date; heard: number }>(HOURS, [
    new Date(firstMs),
    new Date(lastMs),
    heardOnce,
  ]);
  const checked: CheckedHour[] = [];
  for (const { hour, heard } of rows) {
    const span = { fromMs: hour.getTime(), toMs: hour.getTime() + HOUR_MS };
    const archive = await countWanted(settings.ARCHIVE_URL, span, settings, options);
    await pool.query(NOTE, [hour, archive, heard]);
    checked.push({ hourMs: span.fromMs, archive, heard });
    if (archive <= heard) continue;
    log.warn(
      { hour, archive, heard },
      `${archive - heard} messages of this hour are in the archive and not here`,
    );
    await pool.query(ASK_FOR, [hour]);
  }
  return checked;
}

/** Where Hubs hears only some topics, the archive's own count says nothing: its messages are counted one by one. */
async function countWanted(
  base: string,
  span: Span,
  settings: Settings,
  options: ArchiveOptions,
): Promise<number> {
  const wanted = wantedTopics(settings);
  if (wanted.everything) return countArchive(base, span, options);
  let count = 0;
  for await (const { rows } of readArchive(base, span, options))
    count += rows.filter((row) => wanted.has(String((row as { topic?: unknown } | null)?.topic))).length;
  return count;
}
