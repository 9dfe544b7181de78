import type { Database } from '../prisma/client.ts';
import type { Hub } from '../prisma/generated/client.ts';

export type HubInfo = Hub;
export type HubType = Hub['type'];

/** A hub is known by its type and its name, without regard to case; null where there is none. */
export const findHub = (database: Database, type: HubType, name: string): Promise<HubInfo | null> =>
  database.hub.findUnique({ where: { type_name: { type, name } } });

/** Where a hub lives; a stream belongs to whoever looks. */
export function hubPath(hub: { type: HubType; name: string }): string {
  if (hub.type === 'stream') return '/stream';
  return `/${hub.type === 'user' ? 'u' : 't'}/${hub.name}`;
}
