import { HubError } from '../hubs/hub-error.ts';
import { endStreamsOf } from '../hubs/sessions.ts';
import type { Database } from '../prisma/client.ts';
import { nearNames } from './near-names.ts';

/**
 * Makes somebody a site admin by hand, or takes that away; in force with the next page they ask for.
 * @returns what was done, as a sentence
 * @throws {HubError} when nobody has the name
 */
export async function setSiteAdmin(database: Database, name: string, siteAdmin: boolean): Promise<string> {
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
  if (siteAdmin) return `${username} is ${before.siteAdmin ? 'already' : 'now'} a site admin.`;
  if (!before.siteAdmin && ended.count === 0) return `${username} is no site admin.`;
  return `${username} is no site admin any more. Whoever is in a group of SITE_ADMIN_GROUPS becomes one again at the next sign-in.`;
}

/** @throws {HubError} when nobody has the name */
export async function describePerson(database: Database, name: string): Promise<string[]> {
  const { id, username, fullName, siteAdmin, bannedAt, createdAt } = await findPerson(database, name);
  const [identities, sessions, roles] = await Promise.all([
    database.identity.findMany({ where: { personId: id }, orderBy: { createdAt: 'asc' } }),
    database.session.findMany({ where: { personId: id }, orderBy: { seenAt: 'desc' } }),
    database.role.findMany({
      where: { personId: id },
      include: { hub: true },
      orderBy: { hub: { name: 'asc' } },
    }),
  ]);
  const seen = sessions[0]?.seenAt;
  return [
    `${username}${fullName && ` (${fullName})`}, known since ${day(createdAt)}`,
    `  site admin: ${siteAdmin ? 'yes, by hand' : sessions.some((one) => one.siteAdmin) ? 'yes, by a group' : 'no'}`,
    ...(bannedAt ? [`  banned since ${day(bannedAt)}`] : []),
    `  sessions: ${seen ? `${sessions.length}, last seen ${day(seen)}` : 'none'}`,
    ...identities.map(({ issuer, subject }) => `  signs in as ${subject} with ${issuer}`),
    ...(identities.length === 0 ? ['  never signed in'] : []),
    ...roles.map(({ name: role, source, hub }) => `  ${role} of the ${hub.type} ${hub.name} (by ${source})`),
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
