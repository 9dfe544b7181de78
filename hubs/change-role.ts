// What somebody does with their own roles: star, follow, leave, give up ownership. Doing it twice changes nothing.
import type { Database } from '../prisma/client.ts';
import { type Asking, type Entered, enterHub } from './enter-hub.ts';
import { HubError } from './hub-error.ts';
import { giveRole, hasOtherOwner, rolesHeld, takeRole, turnRole } from './move-role.ts';

export const roleChanges = ['star', 'unstar', 'subscribe', 'unsubscribe', 'leave', 'resign'] as const;
export type RoleChange = (typeof roleChanges)[number];

/**
 * Does it.
 * @returns a sentence that says how things stand now
 * @throws {HubError} why not, and what to do instead
 */
export const changeRole = (database: Database, asking: Asking, change: RoleChange): Promise<string> =>
  database.$transaction(async (tx) => changes[change](await enterHub(tx, asking, 'follow')));

const changes: Record<RoleChange, (entered: Entered) => Promise<string>> = {
  async star(entered) {
    refuseOwn(entered);
    await giveRole(entered, entered.viewer.person, 'stargazer');
    return `${entered.hub.name} is among your hubs now.`;
  },
  async unstar(entered) {
    await takeRole(entered, entered.viewer.person, 'stargazer');
    return `${entered.hub.name} has no star of yours any more.`;
  },
  async subscribe(entered) {
    refuseOwn(entered);
    await giveRole(entered, entered.viewer.person, 'subscriber');
    return `You are subscribed to ${entered.hub.name}.`;
  },
  async unsubscribe(entered) {
    await takeRole(entered, entered.viewer.person, 'subscriber');
    return `You are not subscribed to ${entered.hub.name} any more.`;
  },
  leave,
  resign,
};

function refuseOwn({ hub, viewer }: Entered): void {
  if (hub.type === 'team' || hub.name.toLowerCase() !== viewer.person.username.toLowerCase()) return;
  throw new HubError('This hub is your own; what happens in it concerns you anyway.');
}

async function leave(entered: Entered): Promise<string> {
  const { hub, viewer } = entered;
  const held = await rolesHeld(entered, viewer.person.id);
  if (hub.type === 'team' && (held.has('owner hubs') || held.has('owner accounts'))) {
    throw new HubError(`You own ${hub.name}: give up ownership first, then leave.`, { code: 'conflict' });
  }
  if (held.has('member accounts')) throw broughtByAccounts(entered);
  await takeRole(entered, viewer.person, 'member');
  await forgetPrivate(entered, viewer.person);
  return `You are not a member of ${hub.name} any more.`;
}

async function resign(entered: Entered): Promise<string> {
  const { hub, viewer } = entered;
  if (hub.type !== 'team') throw new HubError('A person’s own hub stays theirs.', { code: 'conflict' });
  const held = await rolesHeld(entered, viewer.person.id);
  if (!held.has('owner hubs')) {
    if (held.has('owner accounts')) throw broughtByAccounts(entered);
    return `You do not own ${hub.name}.`;
  }
  await stepDown(entered, viewer.person);
  return `You do not own ${hub.name} any more.`;
}

/**
 * An owner becomes a member; where a group of the accounts says who is one, they merely stop being an owner.
 * @throws {HubError} when nobody else owns the hub
 */
export async function stepDown(entered: Entered, person: { id: number; username: string }): Promise<void> {
  const { hub, viewer } = entered;
  if (hub.groupName !== null) {
    await takeRole(entered, person, 'owner');
    return forgetPrivate(entered, person);
  }
  if (!(await hasOtherOwner(entered, person.id))) {
    const who = person.id === viewer.person.id ? 'You are' : `${person.username} is`;
    throw new HubError(
      `${who} the last owner of ${hub.name}. Make somebody else an owner first (settings, People), or archive the hub.`,
      { code: 'conflict' },
    );
  }
  await turnRole(entered, person, 'owner', 'member');
}

/** Of a private hub that is no longer theirs to see nobody keeps a star or a subscription. */
export async function forgetPrivate(
  entered: Entered,
  person: { id: number; username: string },
): Promise<void> {
  const held = await rolesHeld(entered, person.id);
  if (entered.hub.visibility !== 'private' || [...held].some((role) => /^(member|owner)/.test(role))) return;
  await takeRole(entered, person, 'stargazer');
  await takeRole(entered, person, 'subscriber');
}

const broughtByAccounts = ({ hub }: Entered) =>
  new HubError(
    `The accounts system says who belongs to ${hub.groupName ?? hub.name}: leave the group there, and it ends here too.`,
    { code: 'conflict' },
  );
