import { avatarOf } from '../../activity/avatar.ts';
import type { HubInfo } from '../../hubs/find-hub.ts';
import type { RoleName } from '../../prisma/generated/enums.ts';
import type { ReadContext } from '../kind.ts';
import type { PeopleSettings } from './settings.ts';

export interface ShownPerson {
  username: string;
  picture: string;
  fullName: string;
  owner: boolean;
  /** Came within the last NEW_DAYS days, to a hub that was there before. */
  isNew: boolean;
  /** They have a hub of their own. */
  hasHub: boolean;
  /** Time of the newest entry of their hub, milliseconds since 1970. */
  lastEntryAt: number | null;
}

export interface PeopleOwn {
  people: ShownPerson[];
  members: number;
  owners: number;
  /** How many people hold the shown role, also those not shown. */
  total: number;
}

interface Row extends Omit<ShownPerson, 'lastEntryAt' | 'picture'> {
  lastEntryAt: Date | null;
  members: number;
  owners: number;
  total: number;
}

const NEW_DAYS = 30;

const roles: Record<PeopleSettings['role'], RoleName[]> = {
  member: ['member', 'owner'],
  owner: ['owner'],
  subscriber: ['subscriber'],
};

/** Who was active last comes first. Whose hub is not public shows no activity. */
export async function readPeople(
  { database, now }: ReadContext,
  hub: HubInfo,
  { role, n }: PeopleSettings,
): Promise<PeopleOwn> {
  const [rows, [counts]] = await Promise.all([
    database.$queryRaw<Row[]>`
      SELECT person.username::text AS "username", person.full_name AS "fullName",
        bool_or(role.name = 'owner') AS "owner",
        min(role.since) > ${new Date(now - NEW_DAYS * 86_400_000)}
          AND min(role.since) > ${hub.createdAt}::timestamptz + interval '1 day' AS "isNew",
        coalesce(bool_or(own.visibility <> 'private'), false) AS "hasHub",
        max(own.last_entry_at) FILTER (WHERE own.visibility = 'public') AS "lastEntryAt"
      FROM role
      JOIN person ON person.id = role.person_id
      LEFT JOIN hub own ON own.type = 'user' AND own.name = person.username
      WHERE role.hub_id = ${hub.id} AND role.name = ANY(${roles[role]}::"RoleName"[])
      GROUP BY person.id
      ORDER BY "lastEntryAt" DESC NULLS LAST, person.username
      LIMIT ${n}`,
    database.$queryRaw<Pick<Row, 'members' | 'owners' | 'total'>[]>`
      SELECT (count(DISTINCT person_id) FILTER (WHERE name IN ('member', 'owner')))::int AS "members",
        (count(DISTINCT person_id) FILTER (WHERE name = 'owner'))::int AS "owners",
        (count(DISTINCT person_id) FILTER (WHERE name = ANY(${roles[role]}::"RoleName"[])))::int AS "total"
      FROM role WHERE hub_id = ${hub.id}`,
  ]);
  return {
    people: rows.map((row) => ({
      ...row,
      picture: avatarOf(row.username),
      lastEntryAt: row.lastEntryAt?.getTime() ?? null,
    })),
    members: counts?.members ?? 0,
    owners: counts?.owners ?? 0,
    total: counts?.total ?? 0,
  };
}
