import type { Database } from '../prisma/client.ts';
import type { HubInfo } from './find-hub.ts';
import { may } from './permissions.ts';
import type { Viewer } from './viewer.ts';

/**
 * The hubs whose feeds are merged in the viewer's stream: those they belong to or follow, as far as they may read them
 * now. Who moved last comes first; what is only starred is not in it, and neither is the stream itself.
 */
export async function readStreamSources(database: Database, viewer: Viewer | null): Promise<HubInfo[]> {
  if (!viewer) return [];
  const ids = [...viewer.roles].flatMap(([id, roles]) =>
    roles.has('member') || roles.has('owner') || roles.has('subscriber') ? [id] : [],
  );
  const hubs = await database.hub.findMany({
    where: { id: { in: ids }, type: { not: 'stream' } },
    orderBy: [{ lastEntryAt: { sort: 'desc', nulls: 'last' } }, { id: 'asc' }],
  });
  return hubs.filter((hub) => may(viewer, 'read', hub));
}
