import { readFileSync } from 'node:fs';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { startFasjson } from '../../testing/fasjson.ts';
import { sharedFolder, skipUnless } from '../../testing/skips.ts';
import { UpstreamError } from '../upstream-error.ts';
import { testAccounts } from './accounts.conformance.ts';
import { openFasjson } from './fasjson.ts';
import { TicketError } from './tickets.ts';

const service = await startFasjson();
afterAll(() => service.close());
let renewed = 0;
const renew = () => {
  renewed += 1;
};
beforeEach(() => {
  renewed = 0;
  Object.assign(service, {
    recorded: [],
    requests: [],
    faults: [],
    groups: [],
    users: [],
    hold: () => undefined,
  });
});

/** Each token says of which tickets it is made. */
const tickets = { take: async (host: string) => `${host}-${renewed}`, renew };
const open = () => openFasjson({ url: service.url, tickets });
const failure = (promise: Promise<unknown>): Promise<UpstreamError> =>
  promise.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => {
      if (error instanceof UpstreamError) return error;
      throw error;
    },
  );

testAccounts('FASJSON', async (world) => {
  Object.assign(service, world);
  return open();
});

skipUnless('shared')('recorded answers of FASJSON', () => {
  const folder = `${sharedFolder}/reference/upstreams/fasjson`;
  const replay = (file: string, request: string, status = 200) =>
    service.recorded.push({
      request: `GET ${request}`,
      status,
      body: readFileSync(`${folder}/${file}`, 'utf8'),
    });

  test('are read as they are', async () => {
    replay('group.json', '/v1/groups/designteam/');
    replay('group-members.json', '/v1/groups/designteam/members/');
    replay('group-sponsors.json', '/v1/groups/designteam/sponsors/');
    expect(await open().group('designteam')).toMatchObject({
      description: 'Fedora Design Team',
      members: ['mattdm', 'ralph', 'duffy'],
      sponsors: ['duffy'],
    });
    replay('group-minimal.json', '/v1/groups/3d-printing-sig/');
    replay('group-members-empty.json', '/v1/groups/3d-printing-sig/members/');
    replay('group-sponsors-empty.json', '/v1/groups/3d-printing-sig/sponsors/');
    expect(await open().group('3d-printing-sig')).toMatchObject({ members: [], irc: [] });
    replay('user.json', '/v1/users/mattdm/');
    expect(await open().person('mattdm')).toMatchObject({
      fullName: 'Matthew Miller',
      memberSince: '2020-03-09T10:32:03Z',
      chat: ['irc:/mattdm', 'matrix://fedora.im/mattdm'],
    });
    replay('user-minimal.json', '/v1/users/minimal/');
    expect(await open().person('minimal')).toMatchObject({ fullName: null, isPrivate: false, websites: [] });
    replay('groups.json', '/v1/groups/');
    expect(await open().groupNames()).toContain('designteam');
  });

  test('that leak somebody private are blanked', async () => {
    replay('group.json', '/v1/groups/packager/');
    replay('group-members-private-leak.json', '/v1/groups/packager/members/');
    replay('group-sponsors-empty.json', '/v1/groups/packager/sponsors/');
    const group = await open().group('packager');
    expect(group?.members).toContain('secret');
    expect(group?.fullNames.get('secret')).toBe('');
    replay('user-private.json', '/v1/users/secret/');
    expect(await open().person('secret')).toMatchObject({ isPrivate: true, fullName: null });
  });

  test('that fail are sentences', async () => {
    replay('user-404.json', '/v1/users/nosuchuser/', 404);
    replay('group-404.json', '/v1/groups/nosuchgroup/', 404);
    replay('me-service.json', '/v1/me/');
    expect([await open().person('nosuchuser'), await open().group('nosuchgroup')]).toEqual([null, null]);
    replay('ldap-down-500.json', '/v1/groups/', 500);
    expect((await failure(open().groupNames())).message).toContain("can't read its directory now (500)");
  });
});

test('nothing is asked that is not shown, and always whether somebody is private', async () => {
  service.groups.push({ groupname: 'design', members: ['mira'], sponsors: ['mira'] });
  service.users.push({ username: 'mira' });
  await open().group('design');
  await open().person('mira');
  await open().hasGroup('design');
  const asked = new Map(service.requests.map(({ path, fields }) => [path.replace(/\?.*/, ''), fields]));
  expect(Object.fromEntries(asked)).toEqual({
    '/v1/groups/design/': '{groupname}',
    '/v1/groups/design/members/': '{username,human_name,is_private}',
    '/v1/groups/design/sponsors/': '{username,human_name,is_private}',
    '/v1/users/mira/': '{username,human_name,is_private,emails,ircnicks,timezone,websites,creation}',
  });
  expect(service.requests[0]?.authorization).toBe('Negotiate 127.0.0.1-0');
  expect(service.requests.every(({ path }) => /\/(\?|$)/.test(path))).toBe(true);
});

test('a token that is not accepted is made anew of fresh tickets, once', async () => {
  service.groups.push({ groupname: 'design', members: [], sponsors: [] });
  service.faults.push(401);
  expect(await open().hasGroup('design')).toBe(true);
  expect(service.requests.map(({ authorization }) => authorization)).toEqual([
    'Negotiate 127.0.0.1-0',
    'Negotiate 127.0.0.1-1',
  ]);
  service.faults.push(401, 401);
  const error = await failure(open().hasGroup('design'));
  expect(error).toBeInstanceOf(TicketError);
  expect(error.message).toContain("does not accept Hubs' Kerberos ticket (401)");
});

test.each([
  [403, false, 'may not ask its directory'],
  [500, true, "can't read its directory now (500)"],
  [503, true, 'is closed for the moment (503)'],
])('%i is a sentence of its own', async (status, retry, sentence) => {
  service.faults.push(status);
  const error = await failure(open().group('design'));
  expect(error).toMatchObject({ status, retry });
  expect(error.message).toContain(sentence);
});

test('at a wrong address nobody is taken for gone', async () => {
  const elsewhere = openFasjson({ url: `${service.url}/elsewhere`, tickets });
  expect((await failure(elsewhere.group('design'))).message).toContain(
    'is not FASJSON (404). Correct FASJSON_URL.',
  );
  expect(await openFasjson({ url: `${service.url}/v1/`, tickets }).group('design')).toBeNull();
});

test('a list that changes while its pages are read is read again', async () => {
  const members = Array.from({ length: 600 }, (_, number) => `p${number}`);
  service.groups.push({ groupname: 'busy', members, sponsors: [] });
  let pages = 0;
  service.hold = async (path) => {
    // Between the first and the second page the first person leaves, and the others move up.
    if (path.includes('members') && ++pages === 2) members.shift();
  };
  expect((await open().group('busy'))?.members).toEqual(members);
});
