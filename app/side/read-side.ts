import type { HubInfo } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import type { Database } from '../../prisma/client.ts';

export interface SideHub
  extends Pick<HubInfo, 'id' | 'type' | 'name' | 'teamKind' | 'lastEntryAt' | 'createdAt'> {
  /** Something happened there since the viewer looked last. */
  isNew: boolean;
}

interface Row extends SideHub, Pick<HubInfo, 'visibility' | 'archivedAt'> {}

const LIMIT = 50;

/** The viewer's stream and the hubs they star, follow or belong to; whom they visit most comes first. One query. */
export async function readSide(
  database: Database,
  viewer: Viewer,
): Promise<{ stream: SideHub | null; hubs: SideHub[] }> {
  const rows = await database.$queryRaw<Row[]>`
    SELECT hub.id, hub.type::text AS "type", hub.name::text AS "name", hub.team_kind::text AS "teamKind",
      hub.visibility::text AS "visibility", hub.archived_at AS "archivedAt", hub.last_entry_at AS "lastEntryAt", hub.created_at AS "createdAt",
      coalesce(hub.last_entry_at > visit.last_at, false) AS "isNew"
    FROM hub LEFT JOIN visit ON visit.hub_id = hub.id AND visit.person_id = ${viewer.person.id}
    WHERE hub.archived_at IS NULL
      AND hub.id IN (SELECT hub_id FROM role WHERE person_id = ${viewer.person.id})
      AND NOT (hub.type = 'user' AND hub.name = ${viewer.person.username}::citext)
    ORDER BY hub.type = 'stream' DESC, coalesce(visit.count, 0) DESC, visit.last_at DESC NULLS LAST, hub.name
    LIMIT ${LIMIT}`;
  const known = rows.filter((hub) => may(viewer, 'know', hub));
  return {
    stream: known.find((hub) => hub.type === 'stream') ?? null,
    hubs: known.filter((hub) => hub.type !== 'stream'),
  };
}
