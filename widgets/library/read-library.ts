import type { HubInfo } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import type { ReadContext } from '../kind.ts';

export interface ShownLink {
  id: number;
  url: string;
  host: string;
  title: string;
  description: string;
  /** A data URL. */
  picture: string | null;
  /** Since when nothing answers there. */
  deadSince: number | null;
}

export interface LibraryOwn {
  links: ShownLink[];
  mayAdd: boolean;
  /** Edit, remove, order. */
  mayEdit: boolean;
}

/** In the order the owners gave them. */
export async function readLibrary({ database, viewer }: ReadContext, hub: HubInfo): Promise<LibraryOwn> {
  const rows = await database.libraryLink.findMany({
    where: { hubId: hub.id },
    orderBy: { place: 'asc' },
    select: { id: true, url: true, title: true, description: true, picture: true, deadSince: true },
  });
  return {
    links: rows.map((row) => ({
      ...row,
      host: URL.parse(row.url)?.host ?? '',
      deadSince: row.deadSince?.getTime() ?? null,
    })),
    mayAdd: may(viewer, 'contribute', hub),
    mayEdit: may(viewer, 'configure', hub),
  };
}
