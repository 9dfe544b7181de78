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

/** $1 to $3 are the places, one for each entry; its content is the one of that number in $4, counted from 1. */
const INSERT = `
  INSERT INTO feed_entry (hub_id, message_id, time, topic, kind, agent, people, why, message)
  SELECT hub, "messageId", to_timestamp(time / 1000.0), topic, kind, agent, people, why, message
  FROM unnest($1::int[], $2::text[], $3::int[]) AS place (hub, why, content)
  JOIN ROWS FROM (json_to_recordset($4::json) AS
    ("messageId" text, time double precision, topic text, kind text, agent text, people text[], message text))
    WITH ORDINALITY AS contents ("messageId", time, topic, kind, agent, people, message, number) ON number = content
  ON CONFLICT (hub_id, message_id) DO NOTHING
  RETURNING hub_id, message_id`;

/**
 * $1 hubs, $2 how many entries each got. What is above the length goes, oldest first. To count a feed at every write
 * costs more than the write: most of its pages have changed since the last vacuum. So its length is noted, and counted
 * once a day in case entries were removed by hand.
 */
const TRIM = `
  WITH grown AS (
    SELECT hub, counted_at, COALESCE(entries + added, (SELECT count(*) FROM feed_entry WHERE hub_id = hub)) AS entries
    FROM unnest($1::int[], $2::int[]) AS given (hub, added) LEFT JOIN LATERAL (
      SELECT entries, counted_at FROM feed_length
      WHERE hub_id = hub AND counted_at > now() - interval '1 day' LIMIT 1) noted ON true),
  noted AS (
    INSERT INTO feed_length AS known (hub_id, entries, counted_at)
    SELECT hub, LEAST(entries, ${FEED_LENGTH}), COALESCE(counted_at, now()) FROM grown
    ON CONFLICT (hub_id) DO UPDATE SET entries = EXCLUDED.entries, counted_at = EXCLUDED.counted_at
    WHERE (known.entries, known.counted_at) <> (EXCLUDED.entries, EXCLUDED.counted_at))
  DELETE FROM feed_entry WHERE ctid = ANY (ARRAY(
    SELECT surplus.ctid FROM grown CROSS JOIN LATERAL (
      SELECT ctid FROM feed_entry WHERE hub_id = grown.hub
      ORDER BY time, message_id LIMIT GREATEST(grown.entries - ${FEED_LENGTH}, 0)) surplus))
  RETURNING hub_id, message_id`;

async function add(pool: Pool, entries: Entry[]): Promise<Entry[]> {
  if (entries.length === 0) return [];
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(LOCK, [[...new Set(entries.map((entry) => entry.hub))]]);
    const inserted = await client.query<Row>(INSERT, toValues(entries));
    const added = Map.groupBy(inserted.rows, (row) => row.hub_id);
    const counts = [...added.values()].map((rows) => rows.length);
    const trimmed = await client.query<Row>(TRIM, [[...added.keys()], counts]);
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

/** A message that goes into several feeds is sent once. */
function toValues(entries: Entry[]): [hubs: number[], whys: string[], contents: number[], json: string] {
  const contents = new Map<string, { number: number; json: string }>();
  for (const { hub: _hub, why: _why, ...content } of entries) {
    if (contents.has(content.messageId)) continue;
    contents.set(content.messageId, { number: contents.size + 1, json: JSON.stringify(content) });
  }
  const chosen = entries.map(({ messageId }) => contents.get(messageId)?.number ?? 0);
  const json = `[${[...contents.values()].map((content) => content.json).join()}]`;
  return [entries.map(({ hub }) => hub), entries.map(({ why }) => why), chosen, json];
}

async function clear(pool: Pool, hub: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(LOCK, [[hub]]);
    await client.query('DELETE FROM feed_entry WHERE hub_id = $1', [hub]);
    await client.query('DELETE FROM feed_length WHERE hub_id = $1', [hub]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined); // as above
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
    clear: (hub) => clear(pool, hub),
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
