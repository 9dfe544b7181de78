// The hubs at the side of a person's pages.
import type { Database } from '../prisma/client.ts';
import type { HubInfo } from './find-hub.ts';
import { type Move, moveWithin } from './move-within.ts';
import { may } from './permissions.ts';
import type { Viewer } from './viewer.ts';

export interface SideHub
  extends Pick<HubInfo, 'id' | 'type' | 'name' | 'teamKind' | 'lastEntryAt' | 'createdAt'> {
  /** Something happened there since the viewer looked last. */
  isNew: boolean;
}

interface Row extends SideHub, Pick<HubInfo, 'visibility' | 'archivedAt'> {}

const LIMIT = 50;

/**
 * The viewer's stream and the hubs they star, follow or belong to, in the order they gave them, then those they visit most.
 * One query.
 */
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
    ORDER BY hub.type = 'stream' DESC,
      array_position((SELECT hub_order FROM person WHERE id = ${viewer.person.id}), hub.id),
      coalesce(visit.count, 0) DESC, visit.last_at DESC NULLS LAST, hub.name
    LIMIT ${LIMIT}`;
  const known = rows.filter((hub) => may(viewer, 'know', hub));
  return {
    stream: known.find((hub) => hub.type === 'stream') ?? null,
    hubs: known.filter((hub) => hub.type !== 'stream'),
  };
}

/**
 * Gives one of the hubs at the side another place; null: all of them stand by visits again.
 * @throws {HubError} where it is not at the side
 */
export async function orderSide(
  database: Database,
  viewer: Viewer,
  move: { hub: number; to: Move } | null,
): Promise<void> {
  const { hubs } = await readSide(database, viewer);
  const order = hubs.map(({ id }) => id);
  const hubOrder = move ? (moveWithin(order, move.hub, move.to) ?? order) : [];
  await database.person.update({ where: { id: viewer.person.id }, data: { hubOrder } });
}
