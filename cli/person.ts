import { HubError } from '../hubs/hub-error.ts';
import { endStreamsOf } from '../hubs/sessions.ts';
import type { Database } from '../prisma/client.ts';
import { nearNames } from './near-names.ts';

/**
 * Makes somebody a site admin by hand, or takes that away; in force with the next page they ask for.
 * @throws {HubError} when nobody has the name
 */
export async function setSiteAdmin(
  database: Database,
  name: string,
  siteAdmin: boolean,
): Promise<{ username: string; siteAdmin: boolean; sentence: string }> {
  const { id, username, ...before } = await findPerson(database, name);
  const ended = await database.$transaction(async (tx) => {
    await tx.person.update({ where: { id }, data: { siteAdmin } });
    await endStreamsOf(tx, id);
    // Who is one by their groups stays one until they sign in again, unless it is taken away.
    return tx.session.updateMany({
      where: { personId: id, siteAdmin: true },
      data: siteAdmin ? {} : { siteAdmin },
    });
  });
  const wasOne = before.siteAdmin || (!siteAdmin && ended.count > 0);
  return { username, siteAdmin, sentence: sayChange(username, wasOne, siteAdmin) };
}

function sayChange(username: string, wasOne: boolean, isOne: boolean): string {
  if (isOne) return `${username} is ${wasOne ? 'already' : 'now'} a site admin.`;
  if (!wasOne) return `${username} is no site admin.`;
  return `${username} is no site admin any more. Whoever is in a group of SITE_ADMIN_GROUPS becomes one again at the next sign-in.`;
}

type Found = Awaited<ReturnType<typeof findOutAbout>>;

/** @throws {HubError} when nobody has the name */
export async function findOutAbout(database: Database, name: string) {
  const { id, username, fullName, siteAdmin, bannedAt, createdAt } = await findPerson(database, name);
  const [identities, sessions, roles] = await Promise.all([
    database.identity.findMany({
      where: { personId: id },
      orderBy: { createdAt: 'asc' },
      select: { issuer: true, subject: true },
    }),
    database.session.findMany({
      where: { personId: id },
      orderBy: { seenAt: 'desc' },
      select: { seenAt: true, siteAdmin: true },
    }),
    database.role.findMany({
      where: { personId: id },
      include: { hub: true },
      orderBy: { hub: { name: 'asc' } },
    }),
  ]);
  return {
    username,
    fullName,
    siteAdmin,
    siteAdminByGroup: sessions.some((one) => one.siteAdmin),
    createdAt,
    bannedAt,
    sessions: sessions.length,
    seenAt: sessions[0]?.seenAt ?? null,
    identities,
    roles: roles.map(({ name: role, source, hub }) => ({
      role,
      source,
      hub: { type: hub.type, name: hub.name },
    })),
  };
}

export function describePerson(person: Found): string[] {
  const { username, fullName, siteAdmin, siteAdminByGroup, createdAt, bannedAt, seenAt } = person;
  return [
    `${username}${fullName && ` (${fullName})`}, known since ${day(createdAt)}`,
    `  site admin: ${siteAdmin ? 'yes, by hand' : siteAdminByGroup ? 'yes, by a group' : 'no'}`,
    ...(bannedAt ? [`  banned since ${day(bannedAt)}`] : []),
    `  sessions: ${seenAt ? `${person.sessions}, last seen ${day(seenAt)}` : 'none'}`,
    ...person.identities.map(({ issuer, subject }) => `  signs in as ${subject} with ${issuer}`),
    ...(person.identities.length === 0 ? ['  never signed in'] : []),
    ...person.roles.map(({ role, source, hub }) => `  ${role} of the ${hub.type} ${hub.name} (by ${source})`),
  ];
}

const day = (date: Date): string => date.toISOString().slice(0, 10);

async function findPerson(database: Database, name: string) {
  const person = await database.person.findUnique({ where: { username: name } });
  if (person) return person;
  const all = await database.person.findMany({ select: { username: true } });
  const near = nearNames(
    name,
    all.map((one) => one.username),
  );
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'people are known once they sign in.';
  throw new HubError(`Nobody here is called ${name}; ${hint}`);
}
