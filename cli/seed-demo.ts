// The demo's people and teams as hubs; what happens in them comes over the bus.
import { createPerson } from '../hubs/create-person.ts';
import type { Database } from '../prisma/client.ts';
import type { Accounts } from '../upstreams/accounts/accounts.ts';
import { refreshInterests } from '../widgets/interests.ts';
import { createTeam, TRANSACTION_MS } from './create-team.ts';

/** Groups whose hubs the reader makes (README.md, bin/up). */
const leftForTheReader = ['design', 'marketing'];

interface Count {
  made: number;
  known: number;
}

/** Makes what is not there yet; a second run brings teams up to date and changes nothing else. */
export async function seedDemo(
  database: Database,
  accounts: Accounts,
): Promise<{ people: Count; teams: Count; left: string[] }> {
  const people: Count = { made: 0, known: 0 };
  const teams: Count = { made: 0, known: 0 };
  const groups = await accounts.groups();
  for (const username of new Set(groups.flatMap((group) => [...group.members, ...group.sponsors]))) {
    const person = (await accounts.person(username)) ?? { username, fullName: null };
    const { created } = await database.$transaction(
      async (tx) => {
        const made = await createPerson(tx, person);
        if (made.created) for (const hub of made.hubs) await refreshInterests(tx, hub.id);
        return made;
      },
      { timeout: TRANSACTION_MS },
    );
    people[created ? 'made' : 'known']++;
  }
  const left = groups.filter((group) => leftForTheReader.includes(group.name));
  for (const group of groups.filter((one) => !left.includes(one))) {
    const { created } = await createTeam(database, accounts, group.name);
    teams[created ? 'made' : 'known']++;
  }
  return { people, teams, left: left.map((group) => group.name) };
}
