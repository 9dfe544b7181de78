// What an owner does with other people's roles. What the accounts system brought is changed there.
import type { Database } from '../prisma/client.ts';
import { closeRequests } from './ask-to-join.ts';
import { forgetPrivate, stepDown } from './change-role.ts';
import { type Asking, type Entered, enterHub } from './enter-hub.ts';
import { HubError } from './hub-error.ts';
import { giveRole, hasOtherOwner, rolesHeld, takeRole, tellPeople, turnRole } from './move-role.ts';

export const peopleChanges = ['promote', 'demote', 'remove', 'add-owner'] as const;
export type PeopleChange = (typeof peopleChanges)[number];

interface Somebody {
  id: number;
  username: string;
}

/**
 * Changes what a person is to the team; doing it twice changes nothing.
 * @param username the person, without regard to case
 * @returns a sentence that says how things stand now
 * @throws {HubError} why not, and what to do instead
 */
export function changePeople(
  database: Database,
  asking: Asking,
  { username, change }: { username: string; change: PeopleChange },
): Promise<string> {
  return database.$transaction(async (tx) => {
    const entered = await enterHub(tx, asking, 'configure');
    if (entered.hub.type !== 'team') throw new HubError('A person’s own hub has one owner.');
    const person = await tx.person.findUnique({ where: { username } });
    if (!person || person.bannedAt) {
      throw new HubError(
        `Nobody called “${username}” was here yet. Use the user name of the accounts system; whoever signs in once is known.`,
        { field: 'username' },
      );
    }
    const said = await changes[change](entered, person);
    await closeRequests(tx, entered.hub);
    await tellPeople(tx, [person.id]);
    return said;
  });
}

const changes: Record<PeopleChange, (entered: Entered, person: Somebody) => Promise<string>> = {
  async promote(entered, person) {
    const held = await rolesHeld(entered, person.id);
    if (![...held].some((role) => /^(member|owner)/.test(role))) {
      throw new HubError(`${person.username} is not a member of ${entered.hub.name} any more.`, {
        code: 'conflict',
      });
    }
    return makeOwner(entered, person, held);
  },

  'add-owner': async (entered, person) => makeOwner(entered, person, await rolesHeld(entered, person.id)),

  async demote(entered, person) {
    const held = await rolesHeld(entered, person.id);
    if (held.has('owner accounts')) throw broughtByAccounts(entered, person);
    if (held.has('owner hubs')) await stepDown(entered, person);
    return `${person.username} does not own ${entered.hub.name}.`;
  },

  async remove(entered, person) {
    const { hub } = entered;
    const held = await rolesHeld(entered, person.id);
    if (held.has('member accounts') || held.has('owner accounts')) throw broughtByAccounts(entered, person);
    if (held.has('owner hubs') && hub.groupName === null && !(await hasOtherOwner(entered, person.id))) {
      throw new HubError(
        `${person.username} is the last owner of ${hub.name}. Make somebody else an owner first, or archive the hub.`,
        { code: 'conflict' },
      );
    }
    await takeRole(entered, person, 'owner');
    await takeRole(entered, person, 'member');
    await forgetPrivate(entered, person);
    return `${person.username} does not belong to ${hub.name} any more.`;
  },
};

async function makeOwner(entered: Entered, person: Somebody, held: Set<string>): Promise<string> {
  if (held.has('member hubs') && !held.has('owner hubs')) await turnRole(entered, person, 'member', 'owner');
  else if (!held.has('owner accounts')) await giveRole(entered, person, 'owner');
  return `${person.username} owns ${entered.hub.name}.`;
}

const broughtByAccounts = ({ hub }: Entered, person: Somebody) =>
  new HubError(
    `The accounts system brought ${person.username}: change the group ${hub.groupName ?? hub.name} there.`,
    { code: 'conflict' },
  );
