// Secret links: the outputs of a stream or of a hub that is not public, for a program that can't sign in. The address
// holds a random word of which only the hash is kept; what it opens is what its person may read at that moment.
import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '../prisma/client.ts';
import type { Hub } from '../prisma/generated/client.ts';
import { noSuchHub } from './enter-hub.ts';
import type { HubInfo } from './find-hub.ts';
import { HubError } from './hub-error.ts';
import { may, type Subject } from './permissions.ts';
import { findPerson } from './sessions.ts';
import type { Viewer } from './viewer.ts';

/** When it was used is written at most that often. */
const USED_MS = 3_600_000;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Whoever reads by a link has the roles of its person, and never the rights of a site admin. */
const byRolesAlone = (viewer: Viewer): Viewer => ({ ...viewer, siteAdmin: false });

/** Whether the viewer can have a secret link: they may read the hub, and not everybody may. */
const mayHaveLink = (viewer: Viewer, hub: Subject): boolean =>
  may(byRolesAlone(viewer), 'read', hub) && !may(null, 'read', hub);

/**
 * Makes the viewer's link to the hub's outputs; one that was there before ends.
 * @returns the word for its address, which nobody can read again
 * @throws {HubError} 404 where the viewer may not know of the hub, 403 where they may not read it, 422 where everybody may
 */
export async function makeLink(database: Database, viewer: Viewer, hubId: number): Promise<string> {
  const hub = await database.hub.findUnique({ where: { id: hubId } });
  if (!hub || !may(byRolesAlone(viewer), 'know', hub)) throw noSuchHub();
  if (may(null, 'read', hub))
    throw new HubError(`Everybody may read ${hub.name}: its feeds need no secret link.`);
  if (!mayHaveLink(viewer, hub))
    throw new HubError(`That is for members of ${hub.name}.`, { code: 'not_allowed' });
  const token = randomBytes(32).toString('base64url');
  const fresh = { tokenHash: hashOf(token), createdAt: new Date(), usedAt: null };
  const personId = viewer.person.id;
  await database.secretLink.upsert({
    where: { personId_hubId: { personId, hubId } },
    create: { personId, hubId, ...fresh },
    update: fresh,
  });
  return token;
}

/** Ends the viewer's link to the hub's outputs, if there is one. */
export async function endLink(database: Database, viewer: Viewer, hubId: number): Promise<void> {
  await database.secretLink.deleteMany({ where: { personId: viewer.person.id, hubId } });
}

/**
 * What a secret link opens: its hub, and its person with the roles they hold now.
 * @returns null where it never was, has ended, or its person is banned; one whose person may not read the hub any more
 *   ends here for good
 */
export async function findByLink(
  database: Database,
  token: string,
  now = Date.now(),
): Promise<{ hub: HubInfo; viewer: Viewer } | null> {
  if (!/^[\w-]{43}$/.test(token)) return null;
  const link = await database.secretLink.findUnique({
    where: { tokenHash: hashOf(token) },
    include: { hub: true },
  });
  const person = link && (await findPerson(database, link.personId));
  if (!link || !person) return null;
  const viewer = byRolesAlone(person);
  if (!may(viewer, 'read', link.hub)) {
    await database.secretLink.deleteMany({ where: { id: link.id } });
    return null;
  }
  if ((link.usedAt?.getTime() ?? 0) < now - USED_MS)
    await database.secretLink.updateMany({ where: { id: link.id }, data: { usedAt: new Date(now) } });
  return { hub: link.hub, viewer };
}

export interface LinkInfo {
  hub: Pick<Hub, 'id' | 'type' | 'name' | 'visibility' | 'calendar'>;
  /** Null: there is none yet. */
  made: { at: number; usedAt: number | null } | null;
}

/** The hubs that the viewer can have secret links for, their stream first. */
export async function listLinks(database: Database, viewer: Viewer): Promise<LinkInfo[]> {
  const personId = viewer.person.id;
  const hubs = await database.hub.findMany({
    where: {
      OR: [
        { id: { in: [...viewer.roles.keys()] }, visibility: { not: 'public' } },
        { secretLinks: { some: { personId } } },
      ],
    },
    include: { secretLinks: { where: { personId } } },
    orderBy: [{ name: 'asc' }],
  });
  return hubs
    .filter((hub) => mayHaveLink(viewer, hub) || hub.secretLinks.length > 0)
    .sort((a, b) => Number(b.type === 'stream') - Number(a.type === 'stream'))
    .map(({ secretLinks: [link], id, type, name, visibility, calendar }) => ({
      hub: { id, type, name, visibility, calendar },
      made: link ? { at: link.createdAt.getTime(), usedAt: link.usedAt?.getTime() ?? null } : null,
    }));
}

/** Which hub the word opens, if it is the viewer's own. */
export async function ownLink(database: Database, viewer: Viewer, token: string): Promise<number | null> {
  const link = await database.secretLink.findUnique({ where: { tokenHash: hashOf(token) } });
  return link?.personId === viewer.person.id ? link.hubId : null;
}
