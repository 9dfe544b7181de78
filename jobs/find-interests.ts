import type { Pool } from '../prisma/client.ts';

export interface Interests {
  /** Hubs whose feed the key's messages go into. */
  feeds: Map<string, number[]>;
  /** Loaded values (widgets/values.ts) that the key's messages make stale. */
  values: Map<string, string[]>;
}

/**
 * Teams in whose feed the members' own activity stands: where that is on, by default until the team names what it owns.
 */
const SQL = `
  SELECT interest.key, interest.hub_id, NULL AS value_key
  FROM interest WHERE interest.key = ANY($1) AND interest.widget_id IS NULL
  UNION ALL
  SELECT DISTINCT interest.key, NULL::int, widget.value_key
  FROM interest JOIN widget ON widget.id = interest.widget_id
  WHERE interest.key = ANY($1) AND widget.value_key IS NOT NULL
  UNION ALL
  SELECT DISTINCT 'user:' || lower(person.username::text), hub.id, NULL
  FROM person JOIN role ON role.person_id = person.id JOIN hub ON hub.id = role.hub_id
  WHERE person.username = ANY($2::citext[]) AND role.name IN ('member', 'owner') AND hub.type = 'team'
    AND COALESCE(hub.members_activity, cardinality(hub.projects) + cardinality(hub.packages) = 0 AND hub.discourse_tag IS NULL)`;

const append = <T>(map: Map<string, T[]>, key: string, value: T) =>
  map.set(key, [...(map.get(key) ?? []), value]);

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
