// The demo's people and teams as hubs; what happens in them comes over the bus.
import { createPerson } from '../hubs/create-person.ts';
import { readPerson } from '../hubs/read-person.ts';
import { type SyncRules, syncTeam, TRANSACTION_MS } from '../hubs/sync-team.ts';
import type { Database } from '../prisma/client.ts';
import type { Accounts } from '../upstreams/accounts/accounts.ts';

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
  rules: SyncRules,
): Promise<{ people: Count; teams: Count; left: string[] }> {
  const people: Count = { made: 0, known: 0 };
  const teams: Count = { made: 0, known: 0 };
  const names = await accounts.groupNames();
  for (const username of await namesOfAll(accounts, names)) {
    const person = (await accounts.person(username)) ?? { username, fullName: null };
    const { created } = await database.$transaction(
      async (tx) => {
        const made = await createPerson(tx, person);
        if (made.created) for (const hub of made.hubs) await rules.refreshInterests(tx, hub.id);
        return made;
      },
      { timeout: TRANSACTION_MS },
    );
    if (created) await readPerson(database, accounts, username, rules.accountsIssuer);
    people[created ? 'made' : 'known']++;
  }
  const left = names.filter((name) => leftForTheReader.includes(name));
  for (const name of names.filter((one) => !left.includes(one))) {
    const { outcome } = await syncTeam(database, accounts, name, rules, { how: 'make' });
    teams[outcome === 'made' ? 'made' : 'known']++;
  }
  return { people, teams, left };
}

async function namesOfAll(accounts: Accounts, groups: string[]): Promise<Set<string>> {
  const all = await Promise.all(groups.map((name) => accounts.group(name)));
  return new Set(all.flatMap((group) => (group ? [...group.members, ...group.sponsors] : [])));
}
