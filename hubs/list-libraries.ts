import type { Database } from '../prisma/client.ts';
import type { HubInfo } from './find-hub.ts';
import { may } from './permissions.ts';
import type { Viewer } from './viewer.ts';

/** The hubs to whose library the viewer may add links: their own, then their teams by name. */
export async function listLibraries(database: Database, viewer: Viewer): Promise<HubInfo[]> {
  const hubs = await database.hub.findMany({
    where: { id: { in: [...viewer.roles.keys()] }, type: { not: 'stream' } },
    orderBy: [{ type: 'asc' }, { name: 'asc' }],
  });
  return hubs.filter((hub) => may(viewer, 'contribute', hub));
}
