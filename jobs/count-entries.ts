// What the newest 100 entries can't answer is counted as entries are written: per day and kind, and who came when first.
import type { Task } from 'graphile-worker';
import type { Entry } from '../feeds/feed-store.ts';
import type { Pool } from '../prisma/client.ts';

/** A message that comes again within this time counts once. */
const REMEMBERED = "interval '7 days'";

/**
 * One statement, and so all or nothing. `fresh` are those not counted before; one counter waits for another that has the
 * same message. Hubs deleted meanwhile are left out. Each table's rows are taken in one order, so counters never wait in
 * a circle.
 */
const COUNT = `
  WITH given AS MATERIALIZED (
    SELECT DISTINCT ON (1, 2) given.hub, given."messageId" COLLATE "C" AS message,
      to_timestamp(given.time / 1000) AS at, given.kind, given.agent::citext AS person
    FROM json_to_recordset($1::json) AS given (hub int, "messageId" text, time float8, kind text, agent text)
    JOIN hub ON hub.id = given.hub ORDER BY 1, 2),
  fresh AS (
    INSERT INTO entry_seen (hub_id, message_id, time, kind) SELECT hub, message, at, kind FROM given ORDER BY 1, 2
    ON CONFLICT DO NOTHING RETURNING hub_id, message_id),
  counted AS MATERIALIZED (
    SELECT given.* FROM given JOIN fresh ON fresh.hub_id = given.hub AND fresh.message_id = given.message),
  days AS (
    INSERT INTO hub_day (hub_id, day, kind, n)
    SELECT hub, (at AT TIME ZONE 'UTC')::date, kind, count(*) FROM counted GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (hub_id, day, kind) DO UPDATE SET n = hub_day.n + EXCLUDED.n)
  INSERT INTO first_seen (hub_id, person, at)
  SELECT hub, person, min(at) FROM counted
  WHERE person IS NOT NULL AND NOT EXISTS (
    SELECT FROM first_seen known WHERE (known.hub_id, known.person) = (hub, counted.person) AND known.at <= counted.at)
  GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (hub_id, person) DO UPDATE SET at = EXCLUDED.at WHERE EXCLUDED.at < first_seen.at`;

/**
 * Counts entries: all of a batch that ends half-way are counted when it is done again, none twice.
 * @param entries all that were written, also those that the feed had already
 */
export async function countEntries(pool: Pool, entries: Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const given = entries.map(({ hub, messageId, time, kind, agent }) => ({
    hub,
    messageId,
    time,
    kind,
    agent,
  }));
  await pool.query(COUNT, [JSON.stringify(given)]);
}

/** The daily job: forgets the messages that can't come again, and values that are loaded for their age alone when seen. */
export const makeForgetTask =
  (pool: Pool): Task =>
  async () => {
    await pool.query(`DELETE FROM entry_seen WHERE seen_at < now() - ${REMEMBERED}`);
    await pool.query(`DELETE FROM loaded_value WHERE looked_at < now() - interval '30 days'`);
  };
