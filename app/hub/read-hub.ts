import { notFound, redirect } from 'next/navigation';
import { type HubInfo, type HubType, hubPath } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import type { Database } from '../../prisma/client.ts';
import type { Widget } from '../../prisma/generated/client.ts';
import { getViewer } from '../viewer.ts';

/** What the accounts system takes for a name; nothing in it is ever encoded in an address. */
const nameForm = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}$/;

/**
 * The hub of an address, with its widgets in their order. Ends in 404 where there is none for this reader, and in a
 * redirect where the name is written in another case.
 * @param below what stands behind the hub's address, such as `/join`
 */
export async function readHub(
  database: Database,
  type: HubType,
  name: string,
  below = '',
): Promise<HubInfo & { widgets: Widget[] }> {
  if (!nameForm.test(name)) notFound();
  const hub = await database.hub.findUnique({
    where: { type_name: { type, name } },
    include: { widgets: { orderBy: [{ column: 'asc' }, { place: 'asc' }] } },
  });
  if (!hub || !may(await getViewer(), 'know', hub)) notFound();
  if (hub.name !== name) redirect(hubPath(hub) + below);
  return hub;
}

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
