import { setArchived } from '../hubs/archive-hub.ts';
import type { Database } from '../prisma/client.ts';
import { nameHub } from './name-hub.ts';
import { Refusal } from './refusal.ts';

/**
 * Archives a team's hub, or wakes it, in the operator's name.
 * @param given as nameHub takes it
 * @returns the hub's name, and whether it was not so before
 * @throws {Refusal} when it is no team's hub, or would be awake without an owner
 */
export async function archiveByHand(
  database: Database,
  given: string,
  { archived, baseUrl }: { archived: boolean; baseUrl: string },
): Promise<{ name: string; changed: boolean }> {
  const { id, name, type } = await nameHub(database, given);
  if (type !== 'team') throw new Refusal(`${type}/${name} is no team’s hub; only those can be archived.`);
  return database.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT FROM hub WHERE id = ${id} FOR NO KEY UPDATE`;
    const hub = await tx.hub.findUniqueOrThrow({ where: { id } });
    if ((hub.archivedAt !== null) === archived) return { name, changed: false };
    const owners = await tx.role.count({ where: { hubId: id, name: 'owner' } });
    if (!archived && owners === 0 && hub.groupName === null)
      throw new Refusal(`${name} has no owner; a site admin who wakes it on its page becomes its owner.`);
    await setArchived({ tx, hub, baseUrl }, archived, null);
    return { name, changed: true };
  });
}
