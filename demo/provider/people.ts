import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface DemoPerson {
  username: string;
  fullName: string;
  groups: string[];
}

interface AccountsFile {
  people: { username: string; human_name?: string }[];
  groups: { groupname: string; members?: string[]; sponsors?: string[] }[];
}

/** Everybody in the accounts file, which Hubs checks; sponsors are in their group too. */
export function readPeople(file: string): DemoPerson[] {
  const { people, groups }: AccountsFile = parse(readFileSync(file, 'utf8'));
  const groupsOf = (username: string) =>
    groups
      .filter(({ members = [], sponsors = [] }) => [...members, ...sponsors].includes(username))
      .map((group) => group.groupname);
  return people.map(({ username, human_name }) => ({
    username,
    fullName: human_name ?? username,
    groups: groupsOf(username),
  }));
}
