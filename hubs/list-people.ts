import type { Database } from '../prisma/client.ts';
import type { RoleName } from '../prisma/generated/enums.ts';

export interface Belonging {
  username: string;
  fullName: string;
  /** They have a hub that somebody signed in may see. */
  hasHub: boolean;
  since: Date;
  /** The accounts system says so; it is changed there. */
  byAccounts: boolean;
}

export interface Waiting {
  id: number;
  username: string;
  fullName: string;
  text: string;
  createdAt: Date;
  mentor: string | null;
}

const SHOWN_OF_EACH = 500;

/** Who belongs to the hub, by name; an owner is not listed as a member again. */
export async function listPeople(
  database: Database,
  hubId: number,
): Promise<{ owners: Belonging[]; members: Belonging[] }> {
  const rows = await database.$queryRaw<(Belonging & { name: RoleName })[]>`
    SELECT DISTINCT ON (person.username) role.name::text AS "name", person.username::text AS "username",
      person.full_name AS "fullName", role.since, role.source = 'accounts' AS "byAccounts",
      EXISTS (SELECT FROM hub WHERE type = 'user' AND name = person.username AND visibility <> 'private') AS "hasHub"
    FROM role JOIN person ON person.id = role.person_id
    WHERE role.hub_id = ${hubId} AND role.name IN ('member', 'owner')
    ORDER BY person.username, role.name DESC, role.source`;
  const of = (name: RoleName) => rows.filter((row) => row.name === name).slice(0, SHOWN_OF_EACH);
  return { owners: of('owner'), members: of('member') };
}

/** Who asks to join, longest waiting first. */
export async function listWaiting(database: Database, hubId: number): Promise<Waiting[]> {
  const rows = await database.joinRequest.findMany({
    where: { hubId, state: 'pending' },
    orderBy: { createdAt: 'asc' },
    take: SHOWN_OF_EACH,
    include: { person: true, mentor: true },
  });
  return rows.map(({ id, text, createdAt, person, mentor }) => ({
    id,
    text,
    createdAt,
    username: person.username,
    fullName: person.fullName,
    mentor: mentor?.username ?? null,
  }));
}
