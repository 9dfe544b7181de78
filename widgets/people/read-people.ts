import { avatarOf } from '../../activity/avatar.ts';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { profilePage } from '../../hubs/group-page.ts';
import type { RoleName } from '../../prisma/generated/enums.ts';
import { likePatterns } from '../../prisma/like-patterns.ts';
import type { ReadContext } from '../kind.ts';
import type { PeopleSettings, ShownRole } from './settings.ts';

export interface ShownPerson {
  username: string;
  picture: string;
  fullName: string;
  owner: boolean;
  /** Came within the last NEW_DAYS days, to a hub that was there before. */
  isNew: boolean;
  /** They have a hub of their own. */
  hasHub: boolean;
  /** Their page in the accounts system, who have none. */
  profile?: string | undefined;
  /** Time of the newest entry of their hub, milliseconds since 1970. */
  lastEntryAt: number | null;
}

export interface PeopleOwn {
  people: ShownPerson[];
  members: number;
  owners: number;
  subscribers: number;
  /** How many people hold the shown role and fit what is searched for, also those not shown. */
  total: number;
}

interface Row extends Omit<PeopleOwn, 'people'> {
  people: Omit<ShownPerson, 'picture' | 'profile'>[];
}

const NEW_DAYS = 30;

const roles: Record<ShownRole, RoleName[]> = {
  member: ['member', 'owner'],
  owner: ['owner'],
  subscriber: ['subscriber'],
};

interface Asked extends PeopleSettings {
  /** Words that stand in their user name or full name, whatever their case. */
  q?: string;
  /** Which n of them, from 1. */
  page?: number;
}

/** Who was active last comes first. Whose hub is not public shows no activity. */
export async function readPeople(
  { database, now, userUrl }: Pick<ReadContext, 'database' | 'now' | 'userUrl'>,
  hub: HubInfo,
  { role, n, q = '', page = 1 }: Asked,
): Promise<PeopleOwn> {
  const [row] = await database.$queryRaw<Row[]>`
    WITH found AS (
      SELECT person.username::text AS "username", person.full_name AS "fullName",
        bool_or(role.name = 'owner') AS "owner",
        min(role.since) > ${new Date(now - NEW_DAYS * 86_400_000)}
          AND min(role.since) > ${hub.createdAt}::timestamptz + interval '1 day' AS "isNew",
        coalesce(bool_or(own.visibility <> 'private'), false) AS "hasHub",
        floor(extract(epoch FROM max(own.last_entry_at) FILTER (WHERE own.visibility = 'public')) * 1000)
          AS "lastEntryAt"
      FROM role
      JOIN person ON person.id = role.person_id
      LEFT JOIN hub own ON own.type = 'user' AND own.name = person.username
      WHERE role.hub_id = ${hub.id} AND role.name = ANY(${roles[role]}::"RoleName"[])
        AND NOT EXISTS (SELECT FROM unnest(${likePatterns(q)}::text[]) AS word
          WHERE concat_ws(' ', person.username, person.full_name) NOT ILIKE word)
      GROUP BY person.id),
    shown AS (
      SELECT * FROM found ORDER BY "lastEntryAt" DESC NULLS LAST, "username" LIMIT ${n} OFFSET ${(page - 1) * n})
    SELECT (count(DISTINCT person_id) FILTER (WHERE name IN ('member', 'owner')))::int AS "members",
      (count(DISTINCT person_id) FILTER (WHERE name = 'owner'))::int AS "owners",
      (count(DISTINCT person_id) FILTER (WHERE name = 'subscriber'))::int AS "subscribers",
      (SELECT count(*)::int FROM found) AS "total",
      (SELECT coalesce(json_agg(shown ORDER BY "lastEntryAt" DESC NULLS LAST, "username"), '[]') FROM shown) AS "people"
    FROM role WHERE hub_id = ${hub.id}`;
  const { people = [], members = 0, owners = 0, subscribers = 0, total = 0 } = row ?? {};
  return {
    people: people.map((one) => ({
      ...one,
      picture: avatarOf(one.username),
      ...(one.hasHub ? {} : { profile: profilePage(userUrl, one.username) }),
    })),
    ...{ members, owners, subscribers, total },
  };
}
