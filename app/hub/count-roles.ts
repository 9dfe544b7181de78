import type { HubInfo } from '../../hubs/find-hub.ts';
import type { Database } from '../../prisma/client.ts';

export interface Counters {
  members: number;
  subscribers: number;
  subscribedTo: number;
}

/** Each person counts once, whatever their roles and where those came from. */
export async function countRoles(database: Database, hub: HubInfo): Promise<Counters> {
  const [counters] = await database.$queryRaw<Counters[]>`
    SELECT
      (count(DISTINCT person_id) FILTER (WHERE name IN ('member', 'owner')))::int AS "members",
      (count(DISTINCT person_id) FILTER (WHERE name = 'subscriber'))::int AS "subscribers",
      (SELECT count(DISTINCT followed.hub_id)::int FROM role followed
        JOIN person ON person.id = followed.person_id
        WHERE ${hub.type} = 'user' AND person.username = ${hub.name}::citext AND followed.name = 'subscriber') AS "subscribedTo"
    FROM role WHERE hub_id = ${hub.id}`;
  return counters ?? { members: 0, subscribers: 0, subscribedTo: 0 };
}
