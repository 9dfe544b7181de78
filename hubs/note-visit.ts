import type { Database } from '../prisma/client.ts';

/** Looking again within this time is the same visit. */
const SAME_VISIT_MS = 10 * 60_000;

/** Remembers that the person looked at the hub; for after the answer. */
export async function noteVisit(
  database: Database,
  personId: number,
  hubId: number,
  now = Date.now(),
): Promise<void> {
  const at = new Date(now);
  await database.$executeRaw`
    INSERT INTO visit AS known (person_id, hub_id, last_at) VALUES (${personId}, ${hubId}, ${at})
    ON CONFLICT (person_id, hub_id) DO UPDATE SET last_at = greatest(known.last_at, excluded.last_at),
      count = known.count + (known.last_at < ${new Date(now - SAME_VISIT_MS)})::int`;
}
