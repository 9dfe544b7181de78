import { createTeamHub } from '../hubs/create-team.ts';
import type { HubInfo } from '../hubs/find-hub.ts';
import { HubError } from '../hubs/hub-error.ts';
import type { Database } from '../prisma/client.ts';
import type { AccountGroup, AccountPerson, Accounts } from '../upstreams/accounts/accounts.ts';
import { refreshInterests } from '../widgets/interests.ts';
import { nearNames } from './near-names.ts';

/** The first one of a cold database may take a while. */
export const TRANSACTION_MS = 60_000;

/**
 * Makes a group's team hub, with what fills its feed, in one transaction.
 * @throws {HubError} when there is no such group, naming those that are meant perhaps, or its hub is refused
 */
export async function createTeam(
  database: Database,
  accounts: Accounts,
  name: string,
): Promise<{ hub: HubInfo; created: boolean }> {
  const group = await accounts.group(name);
  if (!group) throw new HubError(await describeUnknown(accounts, name));
  const people = await peopleOf(accounts, group);
  return database.$transaction(
    async (tx) => {
      const made = await createTeamHub(tx, group, people);
      await refreshInterests(tx, made.hub.id);
      return made;
    },
    { timeout: TRANSACTION_MS },
  );
}

async function peopleOf(accounts: Accounts, group: AccountGroup): Promise<AccountPerson[]> {
  const people: AccountPerson[] = [];
  for (const username of new Set([...group.members, ...group.sponsors])) {
    const person = await accounts.person(username);
    if (person) people.push(person);
  }
  return people;
}

async function describeUnknown(accounts: Accounts, name: string): Promise<string> {
  const names = (await accounts.groups()).map((group) => group.name);
  const near = nearNames(name, names);
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are ${names.join(', ')}.`;
  return `The accounts have no group ${name}; ${hint}`;
}
