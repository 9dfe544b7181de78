import { type HubInfo, hubPath } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import { holds } from '../../hubs/viewer.ts';
import type { RoleName } from '../../prisma/generated/enums.ts';
import { idleShare } from '../../ui/idle.ts';
import type { ReadContext } from '../kind.ts';

export interface ShownHub {
  id: number;
  name: string;
  href: string;
  icon: HubInfo['teamKind'] | 'user';
  role: string;
  colour: string | null;
  picture: string | null;
  /** How grey it is (ui/idle.ts). */
  idle: number;
}

export interface HubsOwn {
  groups: { title: string; hubs: ShownHub[] }[];
  total: number;
  /** The hub is the viewer's own. */
  mine: boolean;
}

type Row = Pick<
  HubInfo,
  | 'id'
  | 'type'
  | 'name'
  | 'teamKind'
  | 'colour'
  | 'avatarUrl'
  | 'visibility'
  | 'archivedAt'
  | 'lastEntryAt'
  | 'createdAt'
> & {
  roles: RoleName[];
};

const titles: Record<ShownHub['icon'], string> = {
  team: 'Teams',
  project: 'Projects',
  regional: 'Regions',
  broadcast: 'Announcements',
  user: 'People',
};

const sayRole = (roles: RoleName[]): string =>
  roles.includes('owner') ? 'Owner' : roles.includes('member') ? 'Member' : 'Subscribed';

/**
 * The hubs a person belongs to, as far as the viewer may know of them; on their own hub also what they follow. Who leads
 * comes first, then what moved last.
 */
export async function readHubs({ database, viewer, now }: ReadContext, hub: HubInfo): Promise<HubsOwn> {
  const mine = holds(viewer, hub, 'owner');
  const wanted: RoleName[] = mine ? ['owner', 'member', 'subscriber'] : ['owner', 'member'];
  const rows = await database.$queryRaw<Row[]>`
    SELECT hub.id, hub.type, hub.name::text, hub.team_kind AS "teamKind", hub.visibility, hub.colour,
      hub.avatar_url AS "avatarUrl",
      hub.archived_at AS "archivedAt", hub.last_entry_at AS "lastEntryAt", hub.created_at AS "createdAt",
      array_agg(role.name::text) AS "roles"
    FROM role JOIN person ON person.id = role.person_id JOIN hub ON hub.id = role.hub_id
    WHERE person.username = ${hub.name}::citext AND role.name = ANY(${wanted}::"RoleName"[])
      AND hub.type <> 'stream' AND hub.id <> ${hub.id} AND hub.archived_at IS NULL
    GROUP BY hub.id
    ORDER BY bool_or(role.name = 'owner') DESC, bool_or(role.name = 'member') DESC,
      hub.last_entry_at DESC NULLS LAST, hub.name`;
  const shown = rows.filter((row) => may(viewer, 'know', row)).map((row) => toShown(row, now));
  const groups = Object.entries(titles).map(([icon, title]) => ({
    title,
    hubs: shown.filter((one) => one.icon === icon),
  }));
  return { groups: groups.filter(({ hubs }) => hubs.length > 0), total: shown.length, mine };
}

const toShown = (row: Row, now: number): ShownHub => ({
  id: row.id,
  name: row.name,
  href: hubPath(row),
  icon: row.type === 'user' ? 'user' : row.teamKind,
  role: sayRole(row.roles),
  colour: row.colour,
  picture: row.avatarUrl,
  idle: idleShare(row, now),
});
