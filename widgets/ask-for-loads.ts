// Who looks decides when a value is loaded: at once where its page is open, later where somebody was there today, not
// before the next view where nobody was for a day. One job per value waits, with the priority of whoever needs it most.
import type { Redis } from 'ioredis';
import { whichAreWatched } from '../bus/watched.ts';
import type { Pool } from '../prisma/client.ts';

/** Of graphile-worker: smaller ones run first. What else is promised has 0. */
export const priorities = { watched: 0, later: 10, last: 20 } as const;

/** On every load; flags keep a worker from taking those that would find no place (jobs/load-gate.ts). */
export const loadFlag = 'load';
/** On the loads that ask one service or host. */
export const askedFlag = (asked: string): string => `load:${asked}`;

/** Looks are kept to this, which spares most writes. */
const EXACT_TO = "interval '10 minutes'";
/** Who looked within this time may look again. */
const TODAY = "interval '24 hours'";

const LOOK = `
  INSERT INTO loaded_value (key) SELECT DISTINCT unnest($1::text[]) ORDER BY 1
  ON CONFLICT (key) DO UPDATE SET looked_at = now() WHERE loaded_value.looked_at < now() - ${EXACT_TO}`;

/**
 * Adds the jobs for `asked (key, priority, message)`. A job that waits, also for its next try, will bring what is new: its pauses
 * and its end stay, only its priority may rise. One that already runs may not: another is added behind it.
 */
const ADD = `
  waiting AS (
    SELECT job.id, job.key, job.priority FROM graphile_worker.jobs job JOIN asked USING (key)
    WHERE job.locked_at IS NULL AND job.attempts < job.max_attempts),
  raised AS (
    SELECT graphile_worker.reschedule_jobs(array_agg(waiting.id), priority := asked.priority)
    FROM waiting JOIN asked USING (key) WHERE waiting.priority > asked.priority GROUP BY asked.priority),
  specs AS (
    SELECT array_agg(('load', json_strip_nulls(json_build_object('key', key, 'message', message)), NULL, NULL, $2::smallint, key, priority,
      ARRAY['${loadFlag}', '${askedFlag('')}' || split_part(key, '/', 3)])::graphile_worker.job_spec ORDER BY key) AS all
    FROM asked WHERE key NOT IN (SELECT key FROM waiting))
  SELECT (SELECT count(*) FROM raised),
    (SELECT count(*) FROM specs CROSS JOIN graphile_worker.add_jobs(specs.all) WHERE specs.all IS NOT NULL)`;

const ASK = `
  WITH asked AS (
    SELECT key, min(priority) AS priority, NULL::text AS message FROM json_to_recordset($1::json) AS given (key text, priority int) GROUP BY key),
  ${ADD}`;

const LOAD_STALE = `
  WITH looked AS (${LOOK.replace('$1', '$3')}),
  marked AS (
    UPDATE loaded_value SET stale_at = now()
    WHERE key = ANY ($1) AND key <> ALL ($3) AND looked_at < now() - ${TODAY}
      AND (stale_at IS NULL OR stale_at < looked_at)),
  asked AS (
    SELECT given.key, CASE WHEN given.key = ANY ($3) THEN ${priorities.watched} ELSE ${priorities.later} END AS priority, message
    FROM unnest($1::text[], $4::text[]) AS given (key, message) LEFT JOIN loaded_value USING (key)
    WHERE given.key = ANY ($3) OR looked_at >= now() - ${TODAY}),
  ${ADD}`;

/**
 * Messages made these values stale: has them loaded where it is worth a request.
 * @param stale by key, the id of a message that did; null where it was none
 * @param tries of each load, in all
 */
export async function loadStale(
  { pool, redis }: { pool: Pool; redis: Redis },
  stale: ReadonlyMap<string, string | null>,
  tries: number,
): Promise<void> {
  const keys = [...stale.keys()];
  if (keys.length === 0) return;
  await pool.query(LOAD_STALE, [keys, tries, await keysWatched(pool, redis, keys), [...stale.values()]]);
}

/** Those of the values that stand on a page somebody has open now. */
async function keysWatched(pool: Pool, redis: Redis, keys: string[]): Promise<string[]> {
  const { rows } = await pool.query<{ key: string; hub: number }>(
    'SELECT DISTINCT value_key AS key, hub_id AS hub FROM widget WHERE value_key = ANY ($1)',
    [keys],
  );
  const watched = await whichAreWatched(redis, [...new Set(rows.map(({ hub }) => hub))]);
  return [...new Set(rows.flatMap(({ key, hub }) => (watched.has(hub) ? [key] : [])))];
}

/**
 * Notes that somebody looks at these values now.
 * @returns when a message changed them while nobody looked (milliseconds since 1970), by key
 */
export async function noteLooks(pool: Pool, keys: string[]): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const { rows } = await pool.query<{ key: string; stale_at: Date }>(
    `WITH looked AS (${LOOK}) SELECT key, stale_at FROM loaded_value WHERE key = ANY ($1) AND stale_at IS NOT NULL`,
    [keys],
  );
  return new Map(rows.map((row) => [row.key, row.stale_at.getTime()]));
}

/** Makes sure that a load of each value is waiting, with at least this priority. */
export async function askForLoads(
  pool: Pool,
  asked: { key: string; priority: number }[],
  tries: number,
): Promise<void> {
  if (asked.length > 0) await pool.query(ASK, [JSON.stringify(asked), tries]);
}

/** Whether somebody looks or did within a day; where not, the value is marked stale and loaded at its next view. */
export async function isWorthLoading(
  { pool, redis }: { pool: Pool; redis: Redis },
  key: string,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE loaded_value SET stale_at = now() WHERE key = $1 AND looked_at < now() - ${TODAY}`,
    [key],
  );
  return rowCount === 0 || (await keysWatched(pool, redis, [key])).length > 0;
}
