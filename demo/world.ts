// Who and what the demo is about: the people and teams of accounts.yaml, and chance.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { type Chance, makeChance } from './chance.ts';
import { Forum } from './forum.ts';
import type { Person } from './person.ts';
import { type Words, wordsOf } from './words.ts';

export interface Team {
  name: string;
  list: string;
  /** Its discussions' tag. */
  tag: string;
  projects: string[];
  packages: string[];
  members: Person[];
  sponsors: Person[];
  words: Words;
}

export interface World {
  people: Person[];
  teams: Team[];
  chance: Chance;
  forum: Forum;
  /** Counts up: numbers of tickets, builds and the like are never used twice. */
  number(): number;
  now(): Date;
}

interface AccountsFile {
  people: { username: string; human_name: string }[];
  groups: {
    groupname: string;
    mailing_list: string;
    discussion_url: string;
    projects: string[];
    packages: string[];
    members: string[];
    sponsors: string[];
  }[];
}

/** @param forumUrl where the demo's forum answers */
export function openWorld(options: { seed: number; forumUrl: string; now?: () => Date }): World {
  const file: AccountsFile = parse(readFileSync(new URL('accounts.yaml', import.meta.url), 'utf8'));
  const chance = makeChance(options.seed);
  const now = options.now ?? (() => new Date());
  const people = file.people.map(({ username, human_name }) => ({
    username,
    name: human_name,
    // The domain whose addresses the bus's project knows as user names.
    email: `${username}@fedoraproject.org`,
  }));
  const called = (names: string[]) => people.filter((person) => names.includes(person.username));
  const teams = file.groups.map((group) => ({
    name: group.groupname,
    list: group.mailing_list,
    tag: group.discussion_url.split('/').at(-1) ?? group.groupname,
    projects: group.projects,
    packages: group.packages,
    members: called(group.members),
    sponsors: called(group.sponsors),
    words: wordsOf(group.groupname),
  }));
  let last = chance.whole(1_000, 60_000);
  return {
    people,
    teams,
    chance,
    forum: new Forum(
      options.forumUrl,
      teams.map((team) => team.tag),
      now,
    ),
    number: () => ++last,
    now,
  };
}
