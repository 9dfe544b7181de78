import type { Database } from '../prisma/client.ts';

/** Looking again within this time is the same visit. */
const SAME_VISIT_MS = 10 * 60_000;

/** Who comes back after this time was away. */
const AWAY_MS = 30 * 60_000;

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
      ended_at = CASE WHEN known.last_at < ${new Date(now - AWAY_MS)} THEN known.last_at ELSE known.ended_at END,
      count = known.count + (known.last_at < ${new Date(now - SAME_VISIT_MS)})::int`;
}

/** Since when the viewer was away from the hub, as long as they are back; null where this is their first visit. */
export async function readAwaySince(
  database: Database,
  personId: number,
  hubId: number,
  now = Date.now(),
): Promise<number | null> {
  const visit = await database.visit.findUnique({ where: { personId_hubId: { personId, hubId } } });
  if (!visit) return null;
  const last = visit.lastAt.getTime();
  return last < now - AWAY_MS ? last : (visit.endedAt?.getTime() ?? null);
}
