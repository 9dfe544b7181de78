import { redirect } from 'next/navigation';
import { type HubInfo, type HubType, hubPath } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import type { Database } from '../../prisma/client.ts';
import type { Widget } from '../../prisma/generated/client.ts';
import { namePattern } from '../../upstreams/accounts/accounts.ts';
import { notHere } from '../not-here.tsx';
import { getViewer } from '../viewer.ts';

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
  if (!namePattern.test(name)) notHere();
  const hub = await database.hub.findUnique({
    where: { type_name: { type, name } },
    include: { widgets: { orderBy: [{ column: 'asc' }, { place: 'asc' }] } },
  });
  if (!hub || !may(await getViewer(), 'know', hub)) notHere();
  if (hub.name !== name) redirect(hubPath(hub) + below);
  return hub;
}
