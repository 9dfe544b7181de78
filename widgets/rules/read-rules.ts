import { avatarOf } from '../../activity/avatar.ts';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { profilePage } from '../../hubs/group-page.ts';
import { may } from '../../hubs/permissions.ts';
import type { ReadContext } from '../kind.ts';
import { listedRoles } from '../listed-roles.ts';
import type { RulesSettings } from './settings.ts';

export interface RulesOwn {
  /** With their page in the accounts system, who have no hub. */
  owners: {
    username: string;
    fullName: string;
    picture: string;
    hasHub: boolean;
    profile?: string | undefined;
  }[];
  /** How many there are, also those not shown. */
  ownersTotal: number;
  /** There are more, and the viewer may see them all on the page of the hub's people. */
  mayListOwners: boolean;
  mailingList: string | null;
  chatUrl: string | null;
  hasSettings: boolean;
  mayEdit: boolean;
}

interface Row {
  username: string;
  fullName: string;
  hasHub: boolean;
  total: number;
}

const OWNERS_SHOWN = 12;

/** Who has been an owner for longest comes first. */
export async function readRules(
  { database, viewer, userUrl }: ReadContext,
  hub: HubInfo,
  settings: RulesSettings,
): Promise<RulesOwn> {
  const rows = await database.$queryRaw<Row[]>`
    SELECT person.username::text AS "username", person.full_name AS "fullName",
      coalesce(own.visibility <> 'private', false) AS "hasHub", (count(*) OVER ())::int AS "total"
    FROM (SELECT person_id, min(since) AS since FROM role
      WHERE hub_id = ${hub.id} AND name = 'owner' GROUP BY person_id) owner
    JOIN person ON person.id = owner.person_id
    LEFT JOIN hub own ON own.type = 'user' AND own.name = person.username
    ORDER BY owner.since, person.username LIMIT ${OWNERS_SHOWN}`;
  const total = rows[0]?.total ?? 0;
  const mayListOwners =
    total > rows.length &&
    listedRoles(viewer, hub, await database.widget.findMany({ where: { hubId: hub.id } })).includes('owner');
  return {
    owners: rows.map(({ username, fullName, hasHub }) => ({
      ...{ username, fullName, picture: avatarOf(username), hasHub },
      ...(hasHub ? {} : { profile: profilePage(userUrl, username) }),
    })),
    ownersTotal: total,
    mayListOwners,
    mailingList: hub.mailingList,
    chatUrl: hub.chatUrl,
    hasSettings: Object.values(settings).some((text) => text !== ''),
    mayEdit: may(viewer, 'configure', hub),
  };
}
