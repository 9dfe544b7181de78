// Joining: at once where the team is open, else a request that waits for an owner.
import type { Database } from '../prisma/client.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import { tellBrowsers } from './changes.ts';
import { type Asking, type Entered, enterHub } from './enter-hub.ts';
import type { HubInfo } from './find-hub.ts';
import { HubError } from './hub-error.ts';
import { giveRole, rolesHeld, tellOwners, tellPeople } from './move-role.ts';

/**
 * How somebody joins: `open` at once; `request` by asking; `accounts` in the accounts system alone; `invited` by an
 * owner alone. In a team tied to a group Hubs cannot write memberships, so an open one is asked, too.
 */
export function waysIn(hub: Pick<HubInfo, 'joinMode' | 'groupName'>) {
  if (hub.joinMode === 'accounts') return hub.groupName === null ? 'invited' : 'accounts';
  return hub.groupName === null ? hub.joinMode : 'request';
}

/**
 * Asks to join, once: who asks again while it waits changes their words, and nothing else.
 * @returns a sentence that says how things stand now
 * @throws {HubError}
 */
export function askToJoin(database: Database, asking: Asking, text: string): Promise<string> {
  return database.$transaction(async (tx) => {
    const entered = await enterHub(tx, asking, 'join');
    const { hub, viewer } = entered;
    if (hub.type !== 'team') throw new HubError('A person’s hub can be followed, not joined.');
    const held = await rolesHeld(entered, viewer.person.id);
    if ([...held].some((role) => /^(member|owner)/.test(role))) return `You belong to ${hub.name}.`;
    const way = waysIn(hub);
    if (way === 'invited') {
      throw new HubError(`${hub.name} takes in nobody who asks: its owners add people.`, {
        code: 'conflict',
      });
    }
    if (way === 'accounts') {
      throw new HubError(
        `${hub.name} takes members through the accounts system alone: apply to the group ${hub.groupName} there.`,
        { code: 'conflict' },
      );
    }
    if (way === 'open') {
      await giveRole(entered, viewer.person, 'member');
      await closeRequests(tx, hub);
      return `Welcome: you are a member of ${hub.name}.`;
    }
    await keepRequest(entered, text);
    return `Your request to join ${hub.name} is pending.`;
  });
}

async function keepRequest(entered: Entered, text: string): Promise<void> {
  const { tx, hub, viewer } = entered;
  const mine = { hubId: hub.id, personId: viewer.person.id };
  const waiting = await tx.joinRequest.findFirst({ where: { ...mine, state: 'pending' } });
  if (waiting && (text === '' || text === waiting.text)) return;
  if (waiting) await tx.joinRequest.update({ where: { id: waiting.id }, data: { text } });
  else await tx.joinRequest.create({ data: { ...mine, text } });
  await tellBrowsers(tx, hub, 'role');
  await tellOwners(entered);
}

/** Takes back a request that still waits. */
export function withdrawRequest(database: Database, asking: Asking): Promise<string> {
  return database.$transaction(async (tx) => {
    const entered = await enterHub(tx, asking, 'follow');
    const { hub, viewer } = entered;
    const { count } = await tx.joinRequest.updateMany({
      where: { hubId: hub.id, personId: viewer.person.id, state: 'pending' },
      data: { state: 'withdrawn', decidedAt: new Date() },
    });
    if (count > 0) {
      await tellBrowsers(tx, hub, 'role');
      await tellOwners(entered);
    }
    return `Nothing of yours waits at ${hub.name}.`;
  });
}

/** Requests of those who belong to the hub by now are done, however they came in. */
export async function closeRequests(
  tx: Prisma.TransactionClient,
  hub: Pick<HubInfo, 'id' | 'type' | 'visibility'>,
): Promise<void> {
  const closed = await tx.$queryRaw<{ personId: number }[]>`
    UPDATE join_request SET state = 'approved', decided_at = now()
    WHERE hub_id = ${hub.id} AND state = 'pending' AND EXISTS (
      SELECT FROM role WHERE role.hub_id = join_request.hub_id AND role.person_id = join_request.person_id
        AND role.name IN ('member', 'owner'))
    RETURNING person_id AS "personId"`;
  if (closed.length === 0) return;
  const owners = await tx.role.findMany({ where: { hubId: hub.id, name: 'owner' } });
  await tellBrowsers(tx, hub, 'role');
  await tellPeople(
    tx,
    [...closed, ...owners].map(({ personId }) => personId),
  );
}
