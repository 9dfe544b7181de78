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

/**
 * The hubs that a visitor may know of and that are not archived, by kind; who moved last comes first. There may be as many
 * as people: no more of them than are shown leave the database.
 */
export async function readHubGroups(database: Database): Promise<HubGroup[]> {
  const rows = await database.$queryRaw<(HubCardInfo & { total: number })[]>`
    SELECT id, type::text AS "type", name::text AS "name", summary, colour, avatar_url AS "avatarUrl",
      team_kind::text AS "teamKind", visibility::text AS "visibility", archived_at AS "archivedAt",
      last_entry_at AS "lastEntryAt", created_at AS "createdAt", total::int AS "total"
    FROM (
      SELECT *, count(*) OVER (PARTITION BY kind) AS total,
        row_number() OVER (PARTITION BY kind ORDER BY last_entry_at DESC NULLS LAST, name) AS nth
      FROM (
        SELECT id, type, name, summary, colour, avatar_url, team_kind, visibility, archived_at, last_entry_at, created_at,
          CASE type WHEN 'user' THEN 'user' ELSE team_kind::text END AS kind
        FROM hub WHERE type <> 'stream' AND visibility <> 'private' AND archived_at IS NULL) AS known) AS numbered
    WHERE nth <= ${SHOWN_PER_GROUP} ORDER BY last_entry_at DESC NULLS LAST, name`;
  const known = rows.filter((hub) => may(null, 'know', hub));
  return groups.flatMap(({ title, holds }) => {
    const hubs = known.filter(holds).map(({ total: _, ...hub }) => hub);
    const total = known.find(holds)?.total ?? 0;
    return total > 0 ? [{ title, hubs, total }] : [];
  });
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
