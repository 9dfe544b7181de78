// People, hubs and roles for tests, as the product makes them but in one line each.
import { defaultWidgets } from '../hubs/defaults.ts';
import type { HubInfo } from '../hubs/find-hub.ts';
import type { Viewer } from '../hubs/viewer.ts';
import type { Database } from '../prisma/client.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import type { RoleName } from '../prisma/generated/enums.ts';

/** A person with their user hub. */
export async function makePerson(
  database: Database,
  username: string,
  data: Partial<Prisma.PersonCreateInput> = {},
) {
  const person = await database.person.create({ data: { username, ...data } });
  const hub = await database.hub.create({
    data: {
      type: 'user',
      name: username,
      widgets: { create: defaultWidgets({ type: 'user', discourseTag: null }) },
      roles: { create: { personId: person.id, name: 'owner', source: 'hubs' } },
    },
  });
  return { person, hub };
}

/** A team with its owner. */
export const makeTeam = (
  database: Database,
  name: string,
  ownerId: number,
  data: Partial<Prisma.HubCreateInput> = {},
): Promise<HubInfo> =>
  database.hub.create({
    data: {
      type: 'team',
      name,
      ...data,
      roles: { create: { personId: ownerId, name: 'owner', source: 'hubs' } },
    },
  });

export async function giveRole(
  database: Database,
  hubId: number,
  personId: number,
  name: RoleName,
): Promise<void> {
  await database.role.create({ data: { hubId, personId, name, source: 'hubs' } });
}

/** The person as one who is signed in, with the roles they hold now. */
export async function viewerOf(
  database: Database,
  personId: number,
  { siteAdmin = false } = {},
): Promise<Viewer> {
  const { id, username, fullName } = await database.person.findUniqueOrThrow({ where: { id: personId } });
  const roles = new Map<number, Set<RoleName>>();
  for (const { hubId, name } of await database.role.findMany({ where: { personId } })) {
    roles.set(hubId, (roles.get(hubId) ?? new Set()).add(name));
  }
  return { person: { id, username, fullName }, siteAdmin, session: 0, roles };
}
