import type { Pool } from '../prisma/client.ts';

export interface Interests {
  /** Hubs whose feed the key's messages go into. */
  feeds: Map<string, number[]>;
  /** Loaded values (widgets/values.ts) that the key's messages make stale. */
  values: Map<string, string[]>;
}

/**
 * Interests by their key, and the teams in whose feed the members' own activity stands: where that is on, by default
 * until the team names what it owns.
 *
 * Each subquery in brackets is a look-up by an index for each row that matched. As a join PostgreSQL would take a batch
 * of 100 messages for a reason to read all widgets and all roles instead.
 */
const SQL = `
  SELECT DISTINCT key, CASE WHEN widget_id IS NULL THEN hub_id END AS hub_id,
    (SELECT value_key FROM widget WHERE widget.id = interest.widget_id) AS value_key
  FROM interest WHERE key = ANY($1)
  UNION ALL
  SELECT 'user:' || lower(person.username::text), own.hub_id, NULL
  FROM person CROSS JOIN LATERAL (
    SELECT DISTINCT hub_id FROM role WHERE role.person_id = person.id AND role.name IN ('member', 'owner')) own
  WHERE person.username = ANY($2::citext[]) AND (
    SELECT hub.type = 'team' AND COALESCE(hub.members_activity,
      cardinality(hub.projects) + cardinality(hub.packages) = 0 AND hub.discourse_tag IS NULL)
    FROM hub WHERE hub.id = own.hub_id)`;

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** Asks once which hubs and values the keys of a whole batch of messages meet. */
export async function findInterests(pool: Pool, keys: string[]): Promise<Interests> {
  const found: Interests = { feeds: new Map(), values: new Map() };
  if (keys.length === 0) return found;
  const people = keys.filter((key) => key.startsWith('user:')).map((key) => key.slice('user:'.length));
  const { rows } = await pool.query<{ key: string; hub_id: number | null; value_key: string | null }>(SQL, [
    keys,
    people,
  ]);
  for (const row of rows) {
    if (row.hub_id !== null) append(found.feeds, row.key, row.hub_id);
    if (row.value_key !== null) append(found.values, row.key, row.value_key);
  }
  return found;
}
