// What every accounts service must do for Hubs, whichever it is.
import { expect, test } from 'vitest';
import type { FasjsonGroup, FasjsonUser } from '../../testing/fasjson.ts';
import type { Accounts } from './accounts.ts';

export interface AccountsWorld {
  groups: FasjsonGroup[];
  users: FasjsonUser[];
}

const world: AccountsWorld = {
  users: [
    {
      username: 'duffy',
      human_name: 'Máirín Duffy',
      emails: ['duffy@example.org', 'second@example.org'],
      ircnicks: ['matrix://fedora.im/duffy', 'duffy'],
      timezone: 'US/Eastern',
      websites: ['https://duffy.example.org/'],
      creation: '2020-03-09T10:32:03',
      is_private: false,
    },
    { username: 'ralph', human_name: 'Ralph Bean', emails: ['ralph@example.org'], is_private: false },
    {
      username: 'secret',
      human_name: 'Very Private',
      emails: ['secret@example.org'],
      ircnicks: ['irc://irc.libera.chat/secret'],
      timezone: 'Europe/Paris',
      websites: ['https://secret.example.org/'],
      creation: '2021-01-01T00:00:00',
      is_private: true,
    },
    { username: 'minimal' },
  ],
  groups: [
    {
      groupname: 'designteam',
      description: 'Fedora Design Team',
      mailing_list: 'design-team@lists.example.org',
      url: 'https://example.org/wiki/Design',
      irc: ['matrix://example.org/#design', '#design'],
      discussion_url: 'https://discussion.example.org/tag/design-team',
      members: ['ralph', 'secret'],
      sponsors: ['duffy'],
    },
    { groupname: '3d-printing-sig', members: [], sponsors: [] },
  ],
};

/** @param open opens the service with these people and groups in it */
export function testAccounts(name: string, open: (given: AccountsWorld) => Promise<Accounts>): void {
  test(`${name}: a group is found without regard to case, with its people; a sponsor need not be a member`, async () => {
    expect(await (await open(world)).group('DesignTeam')).toEqual({
      name: 'designteam',
      description: 'Fedora Design Team',
      mailingList: 'design-team@lists.example.org',
      url: 'https://example.org/wiki/Design',
      irc: ['matrix://example.org/#design', '#design'],
      discussionUrl: 'https://discussion.example.org/tag/design-team',
      members: ['ralph', 'secret'],
      sponsors: ['duffy'],
      fullNames: new Map([
        ['ralph', 'Ralph Bean'],
        ['secret', ''],
        ['duffy', 'Máirín Duffy'],
      ]),
    });
  });

  test(`${name}: a group of nobody about which nothing is said is a group`, async () => {
    expect(await (await open(world)).group('3d-printing-sig')).toEqual({
      name: '3d-printing-sig',
      description: '',
      mailingList: null,
      url: null,
      irc: [],
      discussionUrl: null,
      members: [],
      sponsors: [],
      fullNames: new Map(),
    });
  });

  test(`${name}: whom and what there is not, and what can be no name, is unknown`, async () => {
    const accounts = await open(world);
    for (const unknown of ['nosuch', '-bad', 'a b', '../me', '']) {
      expect([await accounts.group(unknown), await accounts.hasGroup(unknown)]).toEqual([null, false]);
      expect(await accounts.person(unknown)).toBeNull();
    }
    expect(await accounts.hasGroup('DESIGNTEAM')).toBe(true);
  });

  test(`${name}: all groups by their names`, async () => {
    expect(await (await open(world)).groupNames()).toEqual(['designteam', '3d-printing-sig']);
  });

  test(`${name}: a person comes with what others may know of them`, async () => {
    const accounts = await open(world);
    expect(await accounts.person('Duffy')).toEqual({
      username: 'duffy',
      fullName: 'Máirín Duffy',
      isPrivate: false,
      email: 'duffy@example.org',
      chat: ['matrix://fedora.im/duffy', 'duffy'],
      timeZone: 'US/Eastern',
      websites: ['https://duffy.example.org/'],
      memberSince: '2020-03-09T10:32:03Z',
      country: null,
    });
    expect(await accounts.person('minimal')).toMatchObject({ fullName: null, email: null, chat: [] });
  });

  test(`${name}: nothing that somebody private keeps to themselves is handed out`, async () => {
    const accounts = await open(world);
    expect(await accounts.person('secret')).toEqual({
      username: 'secret',
      fullName: null,
      isPrivate: true,
      email: 'secret@example.org',
      chat: [],
      timeZone: null,
      websites: [],
      memberSince: '2021-01-01T00:00:00Z',
      country: null,
    });
    const all = JSON.stringify([await accounts.group('designteam'), await accounts.person('secret')]);
    expect(all).not.toMatch(/Very Private|Paris|libera|secret\.example/);
  });

  test(`${name}: everybody of a large group comes, each once`, async () => {
    const names = Array.from({ length: 1_203 }, (_, number) => `p${number}`);
    const accounts = await open({
      users: names.map((username) => ({ username })),
      groups: [{ groupname: 'packager', members: names, sponsors: [] }],
    });
    expect((await accounts.group('packager'))?.members).toEqual(names);
  });
}
