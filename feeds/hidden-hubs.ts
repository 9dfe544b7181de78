import type { HubType } from '../hubs/find-hub.ts';
import { may } from '../hubs/permissions.ts';
import type { FeedReader, ToldEntry } from './told-entry.ts';

const types: readonly string[] = ['user', 'team', 'stream'] satisfies HubType[];

/** The hub that one of Hubs' own events is about, as "type name"; null where it is about none. */
function hubNamed({ service, message: { body } }: ToldEntry): { type: HubType; name: string } | null {
  const { hub_type: type, hub_name: name } = body;
  if (service !== 'hubs' || typeof type !== 'string' || typeof name !== 'string') return null;
  return types.includes(type) ? { type: type as HubType, name } : null;
}

const keyOf = ({ type, name }: { type: string; name: string }) => `${type} ${name.toLowerCase()}`;

/**
 * Without Hubs' own events about hubs that the viewer may not know of: who does something in a private hub does it in
 * private. One query, and none where there are no such events.
 */
export async function withoutHiddenHubs(
  { database, viewer }: Pick<FeedReader, 'database' | 'viewer'>,
  entries: ToldEntry[],
): Promise<ToldEntry[]> {
  const named = entries.flatMap((entry) => hubNamed(entry) ?? []);
  if (named.length === 0) return entries;
  const hubs = await database.hub.findMany({
    where: { OR: [...new Map(named.map((hub) => [keyOf(hub), hub])).values()] },
    select: { id: true, type: true, name: true, visibility: true, archivedAt: true },
  });
  const known = new Set(hubs.filter((hub) => may(viewer, 'know', hub)).map(keyOf));
  return entries.filter((entry) => {
    const hub = hubNamed(entry);
    return hub === null || known.has(keyOf(hub));
  });
}
