// Feeds in PostgreSQL: the table feed_entry.
import type { Pool } from '../../prisma/client.ts';
import { type Entry, FEED_LENGTH, type FeedStore, type ReadOptions } from '../feed-store.ts';

interface Row {
  hub_id: number;
  message_id: string;
  time: Date;
  topic: string;
  kind: string;
  agent: string | null;
  people: string[];
  why: string;
  message: string;
}

const toEntry = (row: Row): Entry => ({
  hub: row.hub_id,
  messageId: row.message_id,
  time: row.time.getTime(),
  topic: row.topic,
  kind: row.kind,
  agent: row.agent,
  people: row.people,
  why: row.why,
  message: row.message,
});

const id = (hub: number, messageId: string) => `${hub} ${messageId}`;

/** One writer per hub at a time, taken in one order: so trimming is exact and writers never wait in a circle. */
const LOCK = `SELECT pg_advisory_xact_lock(1752523106, hub) FROM (SELECT unnest($1::int[]) AS hub ORDER BY 1) hubs`;

const INSERT = `
  INSERT INTO feed_entry (hub_id, message_id, time, topic, kind, agent, people, why, message)
  SELECT hub, "messageId", to_timestamp(time / 1000.0), topic, kind, agent, people, why, message
  FROM json_to_recordset($1::json) AS given
    (hub int, "messageId" text, time double precision, topic text, kind text, agent text, people text[], why text, message text)
  ON CONFLICT (hub_id, message_id) DO NOTHING
  RETURNING hub_id, message_id`;

const TRIM = `
  DELETE FROM feed_entry USING (
    SELECT hub_id, message_id, row_number() OVER (PARTITION BY hub_id ORDER BY time DESC, message_id DESC) AS place
    FROM feed_entry WHERE hub_id = ANY($1)) old
  WHERE old.place > ${FEED_LENGTH} AND feed_entry.hub_id = old.hub_id AND feed_entry.message_id = old.message_id
  RETURNING feed_entry.hub_id, feed_entry.message_id`;

async function add(pool: Pool, entries: Entry[]): Promise<Entry[]> {
  if (entries.length === 0) return [];
  const hubs = [...new Set(entries.map((entry) => entry.hub))];
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(LOCK, [hubs]);
    const inserted = await client.query<Row>(INSERT, [JSON.stringify(entries)]);
    const trimmed = await client.query<Row>(TRIM, [hubs]);
    await client.query('COMMIT');
    const kept = new Set(inserted.rows.map((row) => id(row.hub_id, row.message_id)));
    for (const row of trimmed.rows) kept.delete(id(row.hub_id, row.message_id));
    return entries.filter((entry) => kept.delete(id(entry.hub, entry.messageId)));
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined); // the connection broke: PostgreSQL rolls back by itself
    throw error;
  } finally {
    client.release();
  }
}

async function read(
  pool: Pool,
  hub: number,
  { limit = FEED_LENGTH, before }: ReadOptions = {},
): Promise<Entry[]> {
  const { rows } = await pool.query<Row>(
    `SELECT * FROM feed_entry
     WHERE hub_id = $1 AND ($3::timestamptz IS NULL OR (time, message_id) < ($3, $4 COLLATE "C"))
     ORDER BY time DESC, message_id DESC LIMIT $2`,
    [hub, Math.min(limit, FEED_LENGTH), before ? new Date(before.time) : null, before?.messageId ?? null],
  );
  return rows.map(toEntry);
}

/** The feed store over a pool that its opener ends. */
export function postgresFeeds(pool: Pool): FeedStore {
  return {
    add: (entries) => add(pool, entries),
    read: (hub, options) => read(pool, hub, options),
    async isEmpty() {
      return (await pool.query('SELECT FROM feed_entry LIMIT 1')).rowCount === 0;
    },
    async clear(hub) {
      await pool.query('DELETE FROM feed_entry WHERE hub_id = $1', [hub]);
    },
    async wrong() {
      try {
        await pool.query('SELECT FROM feed_entry LIMIT 1');
        return null;
      } catch (error) {
        return `The feeds' PostgreSQL does not answer: ${(error as Error).message}`;
      }
    },
    async close() {
      /* the pool is its opener's */
    },
  };
}
