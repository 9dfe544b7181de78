import type { FeedStore } from '../../feeds/feed-store.ts';
import { readFeeds } from '../../feeds/read-feed.ts';
import { may } from '../../hubs/permissions.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import type { Database } from '../../prisma/client.ts';
import type { Hub } from '../../prisma/generated/client.ts';
import { type FeedItem, toItems } from '../../widgets/feed/items.ts';

export type HubCardInfo = Pick<
  Hub,
  | 'id'
  | 'type'
  | 'name'
  | 'summary'
  | 'colour'
  | 'avatarUrl'
  | 'teamKind'
  | 'visibility'
  | 'archivedAt'
  | 'lastEntryAt'
  | 'createdAt'
>;

export interface HubGroup {
  title: string;
  hubs: HubCardInfo[];
  /** How many there are, also those not shown. */
  total: number;
}

const SHOWN_PER_GROUP = 60;

const groups: { title: string; holds: (hub: HubCardInfo) => boolean }[] = [
  { title: 'Teams', holds: (hub) => hub.type === 'team' && hub.teamKind === 'team' },
  { title: 'Projects', holds: (hub) => hub.type === 'team' && hub.teamKind === 'project' },
  { title: 'Regions', holds: (hub) => hub.type === 'team' && hub.teamKind === 'regional' },
  { title: 'Announcements', holds: (hub) => hub.type === 'team' && hub.teamKind === 'broadcast' },
  { title: 'People', holds: (hub) => hub.type === 'user' },
];

/** Every hub a visitor may know of that is not archived, by kind; who moved last comes first. */
export async function readHubGroups(database: Database, viewer: Viewer | null): Promise<HubGroup[]> {
  const hubs = await database.hub.findMany({
    where: { type: { not: 'stream' }, visibility: { not: 'private' }, archivedAt: null },
    orderBy: [{ lastEntryAt: { sort: 'desc', nulls: 'last' } }, { name: 'asc' }],
    select: {
      id: true,
      type: true,
      name: true,
      summary: true,
      colour: true,
      avatarUrl: true,
      teamKind: true,
      visibility: true,
      archivedAt: true,
      lastEntryAt: true,
      createdAt: true,
    },
  });
  const known = hubs.filter((hub) => may(viewer, 'know', hub));
  return groups
    .map(({ title, holds }) => {
      const held = known.filter(holds);
      return { title, hubs: held.slice(0, SHOWN_PER_GROUP), total: held.length };
    })
    .filter((group) => group.total > 0);
}

const HUBS_LOOKED_AT = 8;
const ENTRIES_SHOWN = 8;

/** What happened last in the hubs that moved last; a message that is in several feeds counts once. */
export async function readNewest(
  database: Database,
  feeds: FeedStore,
  viewer: Viewer | null,
): Promise<FeedItem[]> {
  const lively = await database.hub.findMany({
    where: { type: { not: 'stream' }, visibility: 'public', lastEntryAt: { not: null } },
    orderBy: { lastEntryAt: 'desc' },
    take: HUBS_LOOKED_AT,
  });
  const newest = await readFeeds({ database, feeds, viewer }, lively, { limit: ENTRIES_SHOWN });
  return toItems(database, newest, { viewer, mixed: true });
}
