import { may } from '../../hubs/permissions.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import type { Database } from '../../prisma/client.ts';
import { type Hub, Prisma } from '../../prisma/generated/client.ts';
import type { RoleName, TeamKind } from '../../prisma/generated/enums.ts';
import { likePatterns } from '../../prisma/like-patterns.ts';

export interface Asked {
  q: string;
  kind: TeamKind | null;
  needsHelp: boolean;
  /** Also those that are archived. */
  archived: boolean;
}

export interface TeamCardInfo
  extends Pick<
    Hub,
    | 'id'
    | 'type'
    | 'name'
    | 'summary'
    | 'colour'
    | 'avatarUrl'
    | 'description'
    | 'teamKind'
    | 'visibility'
    | 'archivedAt'
    | 'lastEntryAt'
    | 'createdAt'
  > {
  /** What the viewer is to it. */
  mine: RoleName[];
  /** Null where the viewer may not read its people and its feed. */
  numbers: { members: number; month: number; help: number } | null;
}

type Row = Omit<TeamCardInfo, 'mine' | 'numbers'> & { members: number; month: number; help: number };

const LIMIT = 200;

/**
 * The teams that the viewer may know of and that fit; whoever moved last comes first.
 * @returns `more` when there are more than are given
 */
export async function readDirectory(
  database: Database,
  viewer: Viewer | null,
  { q, kind, needsHelp, archived }: Asked,
): Promise<{ teams: TeamCardInfo[]; more: boolean }> {
  const inside = [...(viewer?.roles ?? [])]
    .filter(([, roles]) => roles.has('member') || roles.has('owner'))
    .map(([hub]) => hub);
  const readable = Prisma.sql`(hub.visibility = 'public' OR hub.id = ANY(${inside}) OR ${viewer?.siteAdmin ?? false})`;
  const rows = await database.$queryRaw<Row[]>`
    SELECT hub.id, hub.type::text AS "type", hub.name::text AS "name", hub.summary, hub.description, hub.colour, hub.avatar_url AS "avatarUrl",
      hub.team_kind::text AS "teamKind", hub.visibility::text AS "visibility",
      hub.archived_at AS "archivedAt", hub.last_entry_at AS "lastEntryAt", hub.created_at AS "createdAt",
      (SELECT count(DISTINCT person_id)::int FROM role WHERE hub_id = hub.id AND name IN ('member', 'owner')) AS "members",
      (SELECT coalesce(sum(n), 0)::int FROM hub_day WHERE hub_id = hub.id AND day > now() - interval '30 days') AS "month",
      (SELECT count(*)::int FROM help_request WHERE hub_id = hub.id AND state = 'open') AS "help"
    FROM hub
    WHERE hub.type = 'team'
      AND (hub.visibility = 'preview' OR ${readable})
      AND (${archived} OR hub.archived_at IS NULL)
      AND (${kind}::text IS NULL OR hub.team_kind::text = ${kind})
      AND (NOT ${needsHelp} OR ${readable}
        AND EXISTS (SELECT FROM help_request WHERE hub_id = hub.id AND state = 'open'))
      AND NOT EXISTS (SELECT FROM unnest(${likePatterns(q)}::text[]) AS word
        WHERE concat_ws(' ', hub.name, hub.summary, hub.description) NOT ILIKE word)
    ORDER BY hub.id = ANY(${[...(viewer?.roles.keys() ?? [])]}) DESC, hub.archived_at IS NOT NULL, hub.last_entry_at DESC NULLS LAST, hub.name
    LIMIT ${LIMIT + 1}`;
  const teams = rows
    .slice(0, LIMIT)
    .filter((row) => may(viewer, 'know', row))
    .map(({ members, month, help, ...row }) => ({
      ...row,
      mine: [...(viewer?.roles.get(row.id) ?? [])],
      numbers: may(viewer, 'read', row) ? { members, month, help } : null,
    }));
  return { teams, more: rows.length > LIMIT };
}
