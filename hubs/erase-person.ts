import type { Prisma } from '../prisma/generated/client.ts';
import { promiseClearFeeds, tellBrowsers } from './changes.ts';
import { HubError } from './hub-error.ts';
import { endStreamsOf } from './sessions.ts';
import type { Viewer } from './viewer.ts';

/**
 * Erases the viewer: their hubs, roles, sessions, everything they saved or asked. A team they alone owned, that no
 * group holds, is archived and is the site admins' from then on. Their feeds go soon after.
 * @throws {HubError} where the name was not typed
 */
export async function erasePerson(
  tx: Prisma.TransactionClient,
  viewer: Viewer,
  typedName: string,
): Promise<void> {
  const { id, username } = viewer.person;
  if (typedName !== username) {
    throw new HubError(`Type your user name, ${username}, to erase everything for good.`, { field: 'name' });
  }
  // Pressed twice at once, the second finds nobody.
  await tx.$executeRaw`SELECT FROM person WHERE id = ${id} FOR UPDATE`;
  const orphans = await tx.$queryRaw<{ id: number }[]>`
    UPDATE hub SET archived_at = now(), version = version + 1
    WHERE type = 'team' AND group_name IS NULL AND archived_at IS NULL
      AND EXISTS (SELECT FROM role WHERE hub_id = hub.id AND person_id = ${id} AND name = 'owner')
      AND NOT EXISTS (SELECT FROM role WHERE hub_id = hub.id AND person_id <> ${id} AND name = 'owner')
    RETURNING id`;
  const joined = await tx.hub.findMany({
    where: { type: 'team', roles: { some: { personId: id } } },
    select: { id: true, type: true, visibility: true },
  });
  const own = await tx.hub.findMany({
    where: { type: { in: ['user', 'stream'] }, name: username },
    select: { id: true },
  });
  await tx.hub.deleteMany({ where: { id: { in: own.map((hub) => hub.id) } } });
  await promiseClearFeeds(
    tx,
    own.map((hub) => hub.id),
  );
  await endStreamsOf(tx, id);
  await tx.person.deleteMany({ where: { id } });
  const isOrphan = ({ id: hub }: { id: number }) => orphans.some((orphan) => orphan.id === hub);
  await tellBrowsers(tx, joined.filter(isOrphan), 'hub');
  await tellBrowsers(
    tx,
    joined.filter((hub) => !isOrphan(hub)),
    'role',
  );
}
