// What the newest 100 entries can't answer is counted as entries are written: per day and kind, and who came when first.
import type { Task } from 'graphile-worker';
import type { Entry } from '../feeds/feed-store.ts';
import type { Pool } from '../prisma/client.ts';

/** A message that comes again within this time counts once. */
const REMEMBERED = "interval '7 days'";

const GIVEN = `json_to_recordset($1::json) AS given (hub int, "messageId" text, time float8, kind text, agent text)`;

/** Those not counted before; one counter waits for another that has the same message. Deleted hubs are left out. */
const REMEMBER = `
  INSERT INTO entry_seen (hub_id, message_id, time, kind)
  SELECT DISTINCT given.hub, given."messageId" COLLATE "C", to_timestamp(given.time / 1000), given.kind FROM ${GIVEN} JOIN hub ON hub.id = given.hub
  ORDER BY 1, 2
  ON CONFLICT DO NOTHING RETURNING hub_id, message_id`;

const COUNT = `
  INSERT INTO hub_day (hub_id, day, kind, n)
  SELECT hub, (to_timestamp(time / 1000) AT TIME ZONE 'UTC')::date, kind, count(*)
  FROM ${GIVEN} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (hub_id, day, kind) DO UPDATE SET n = hub_day.n + EXCLUDED.n`;

const GREET = `
  INSERT INTO first_seen (hub_id, person, at)
  SELECT hub, agent::citext, min(to_timestamp(time / 1000)) FROM ${GIVEN}
  WHERE agent IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (hub_id, person) DO UPDATE SET at = EXCLUDED.at WHERE EXCLUDED.at < first_seen.at`;

const keyOf = (hub: number, messageId: string) => `${hub} ${messageId}`;

/**
 * Counts entries, in one transaction: all of a batch that ends half-way are counted when it is done again, none twice.
 * Every statement takes its rows in one order, so counters never wait in a circle.
 * @param entries all that were written, also those that the feed had already
 */
export async function countEntries(pool: Pool, entries: Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query<{ hub_id: number; message_id: string }>(REMEMBER, [toJson(entries)]);
    const fresh = new Set(rows.map((row) => keyOf(row.hub_id, row.message_id)));
    const counted = entries.filter((entry) => fresh.delete(keyOf(entry.hub, entry.messageId)));
    if (counted.length > 0) {
      await client.query(COUNT, [toJson(counted)]);
      await client.query(GREET, [toJson(counted)]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined); // the connection broke: PostgreSQL rolls back by itself
    throw error;
  } finally {
    client.release();
  }
}

const toJson = (entries: Entry[]): string =>
  JSON.stringify(
    entries.map(({ hub, messageId, time, kind, agent }) => ({ hub, messageId, time, kind, agent })),
  );

/** The daily job: forgets the messages that can't come again. */
export const makeForgetTask =
  (pool: Pool): Task =>
  async () => {
    await pool.query(`DELETE FROM entry_seen WHERE seen_at < now() - ${REMEMBERED}`);
  };
