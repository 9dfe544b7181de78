import type { Prisma } from '../prisma/generated/client.ts';
import { hubEvent, promiseClearFeeds, promiseEvent, tellBrowsers } from './changes.ts';
import { type Asking, type Entered, enterHub } from './enter-hub.ts';
import { HubError } from './hub-error.ts';
import { giveRole, hasOtherOwner } from './move-role.ts';

/** Archives a team's hub (read-only, out of navigation and lists) or wakes it; what is so already stays. @throws {HubError} */
export async function archiveHub(
  tx: Prisma.TransactionClient,
  asking: Asking,
  archived: boolean,
): Promise<void> {
  const entered = await enterHub(tx, asking, 'archive');
  const { hub, viewer, baseUrl } = entered;
  if (hub.type !== 'team') throw new HubError('Only a team’s hub can be archived.');
  if ((hub.archivedAt !== null) === archived) return;
  // The last owner was erased: the site admin who wakes the hub has it.
  if (!archived && hub.groupName === null && !(await hasOtherOwner(entered, viewer.person.id))) {
    await giveRole(entered, viewer.person, 'owner');
  }
  await setArchived({ tx, hub, baseUrl }, archived, viewer.person.username);
}

/**
 * Archives the hub or wakes it, and says so; who asks has been judged.
 * @param agent whoever did it, for the event; null: the operator
 */
export async function setArchived(
  { tx, hub, baseUrl }: Pick<Entered, 'tx' | 'hub' | 'baseUrl'>,
  archived: boolean,
  agent: string | null,
): Promise<void> {
  const changed = await tx.hub.update({
    where: { id: hub.id },
    data: { archivedAt: archived ? new Date() : null, version: { increment: 1 } },
  });
  await tellBrowsers(tx, changed, 'hub');
  await promiseEvent(
    tx,
    hubEvent('hub.updated', { hub: changed, changedKeys: ['archived'], agent, baseUrl }),
  );
}

/**
 * Deletes a team's hub with all that hangs on it, its feed soon after; its name, typed again, says that it is meant.
 * @throws {HubError}
 */
export async function deleteHub(
  tx: Prisma.TransactionClient,
  asking: Asking,
  typedName: string,
): Promise<void> {
  const { hub } = await enterHub(tx, asking, 'archive');
  if (hub.type !== 'team')
    throw new HubError('A person’s hub goes with the person: erase it in your settings.');
  if (typedName !== hub.name) {
    throw new HubError(`Type the hub’s name, ${hub.name}, to delete it for good.`, { field: 'name' });
  }
  await tellBrowsers(tx, hub, 'hub');
  await tx.hub.delete({ where: { id: hub.id } });
  await promiseClearFeeds(tx, [hub.id]);
}
