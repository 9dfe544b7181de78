import { afterAll, expect, test } from 'vitest';
import { openDatabase, openPool } from '../prisma/client.ts';
import { type FasjsonGroup, type FasjsonUser, startFasjson } from '../testing/fasjson.ts';
import { giveRole, makePerson, makeTeam } from '../testing/people.ts';
import { createDatabase } from '../testing/stores.ts';
import { openFasjson } from '../upstreams/accounts/fasjson.ts';
import { TicketError } from '../upstreams/accounts/tickets.ts';
import type { SyncOptions } from './sync-team.ts';
import { listTied, syncTeams } from './sync-teams.ts';

const pool = openPool(await createDatabase());
const database = openDatabase(pool);
const service = await startFasjson();
afterAll(async () => {
  await service.close();
  await pool.end();
});

const issuer = 'https://id.example.org/openidc/';
const refreshed: number[] = [];
const rules = {
  baseUrl: 'https://hubs.example.org',
  accountsIssuer: issuer,
  refreshInterests: async (_tx: unknown, hubId: number) => void refreshed.push(hubId),
};
const tickets = { take: async () => 'token', renew: () => undefined };
const accounts = openFasjson({ url: service.url, tickets });

const run = (names: string[], options: Partial<SyncOptions> = {}, from = accounts) =>
  Array.fromAsync(syncTeams(database, from, names, rules, { how: 'sync', ...options }));
const outcomes = async (...args: Parameters<typeof run>) =>
  (await run(...args)).map(({ outcome }) => outcome);
const people = (prefix: string, count: number) => Array.from({ length: count }, (_, at) => `${prefix}${at}`);

async function tie(groupname: string, given: Partial<FasjsonGroup> = {}): Promise<FasjsonGroup> {
  const group = { groupname, members: people(groupname, 10), sponsors: [`${groupname}0`], ...given };
  service.groups.push(group);
  expect(await outcomes([groupname], { how: 'make' })).toEqual(['made']);
  return group;
}
const hubOf = (name: string) =>
  database.hub.findUniqueOrThrow({ where: { type_name: { type: 'team', name } } });
const rolesOf = async (name: string) =>
  (await database.role.findMany({ where: { hubId: (await hubOf(name)).id }, include: { person: true } }))
    .map(({ person, name: role, source }) => `${person.username} ${role} ${source}`)
    .sort();
const problemOf = async (name: string) =>
  (await database.groupReading.findUnique({ where: { hubId: (await hubOf(name)).id } }))?.problem ?? null;
const eventsOf = async (name: string) => {
  const { rows } = await pool.query<{ topic: string; who: string; role: string; old: string | null }>(
    `SELECT payload->>'topic' AS topic, payload->'body'->>'username' AS who, payload->'body'->>'role' AS role,
       payload->'body'->>'old_role' AS old
     FROM graphile_worker._private_jobs WHERE payload->'body'->>'hub_name' = $1 ORDER BY id`,
    [name],
  );
  return rows.map(({ topic, who, role, old }) =>
    [topic.replace('hubs.', ''), who, old, role].filter(Boolean).join(' '),
  );
};

test('a group becomes a hub whose feed is filled from the archive; its people are not news', async () => {
  await tie('ants', { url: 'https://example.org/ants', irc: ['#ants', 'matrix://example.org/#ants'] });
  expect(await eventsOf('ants')).toEqual(['hub.created']);
  const hub = await hubOf('ants');
  expect(refreshed).toContain(hub.id);
  const jobs = await pool.query('SELECT FROM graphile_worker.jobs WHERE key = $1', [
    `backfill-team:${hub.id}`,
  ]);
  expect(jobs.rowCount).toBe(1);
  const links = await database.libraryLink.findMany({ where: { hubId: hub.id } });
  expect(links.map(({ url }) => url)).toEqual(['https://example.org/ants']);
});

test('a sync touches only what the group brought, and says what changed', async () => {
  const group = await tie('bees');
  const guest = await makePerson(database, 'guest');
  const { id } = await hubOf('bees');
  await giveRole(database, id, guest.person.id, 'owner');
  await giveRole(database, id, guest.person.id, 'subscriber');
  group.members = [...people('bees', 9), 'newbee'];
  group.sponsors = ['bees1'];
  expect(await outcomes(['bees'], { dryRun: true })).toEqual(['changed']);
  expect(await rolesOf('bees')).toContain('bees0 owner accounts');
  const [result] = await run(['bees']);
  expect(result).toMatchObject({
    outcome: 'changed',
    plan: {
      given: [
        { username: 'newbee', name: 'member' },
        { username: 'bees1', name: 'owner' },
      ],
      taken: expect.arrayContaining([
        { username: 'bees0', name: 'owner' },
        { username: 'bees9', name: 'member' },
      ]),
    },
  });
  const roles = await rolesOf('bees');
  expect(roles).toEqual(
    expect.arrayContaining(['guest owner hubs', 'guest subscriber hubs', 'newbee member accounts']),
  );
  expect(roles.filter((role) => /bees9|bees0 owner/.test(role))).toEqual([]);
  expect((await eventsOf('bees')).sort()).toEqual([
    'hub.created',
    'user.role.added bees1 owner',
    'user.role.added newbee member',
    'user.role.removed bees0 owner',
    'user.role.removed bees9 member',
  ]);
  expect(await outcomes(['bees'])).toEqual(['unchanged']);
});

test('who leaves a private hub keeps no star of it', async () => {
  const group = await tie('caves');
  const { id } = await hubOf('caves');
  await database.hub.update({ where: { id }, data: { visibility: 'private' } });
  const { id: personId } = await database.person.findUniqueOrThrow({ where: { username: 'caves9' } });
  await giveRole(database, id, personId, 'stargazer');
  group.members = people('caves', 9);
  await run(['caves']);
  expect((await rolesOf('caves')).filter((role) => role.startsWith('caves9'))).toEqual([]);
});

test('settings follow the group where no owner changed them', async () => {
  const group = await tie('deer', { description: 'We run.', mailing_list: 'deer@example.org' });
  const { id } = await hubOf('deer');
  await database.hub.update({ where: { id }, data: { summary: 'We run and jump.' } });
  Object.assign(group, { description: 'We walk.', mailing_list: 'walk@example.org' });
  await run(['deer']);
  expect(await hubOf('deer')).toMatchObject({ summary: 'We run and jump.', mailingList: 'walk@example.org' });
  expect(await eventsOf('deer')).toEqual(['hub.created', 'hub.updated']);
  expect(await outcomes(['deer'])).toEqual(['unchanged']);
});

test('many who leave at once, and a group that is empty or gone, are held back and shown; the others go on', async () => {
  const [eels, fish] = [await tie('eels'), await tie('fish')];
  const group = await tie('gone');
  service.groups = service.groups.filter((one) => one !== group);
  await tie('hens');
  eels.members = people('eels', 4);
  Object.assign(fish, { members: [], sponsors: [] });
  const before = await rolesOf('eels');
  const results = await run(['eels', 'fish', 'gone', 'hens']);
  expect(results.map(({ outcome }) => outcome)).toEqual(['held back', 'held back', 'refused', 'unchanged']);
  expect(await rolesOf('eels')).toEqual(before);
  expect(await problemOf('eels')).toBe(
    '6 of 10 people would leave eels. Nothing was changed. If that is right: hubs fas sync-teams --force eels',
  );
  expect(await problemOf('fish')).toContain('had 10 people and now has nobody in it');
  expect(await problemOf('gone')).toContain('have no group gone; nothing was changed');
  // By making it again nobody gets round it.
  expect(await outcomes(['eels'], { how: 'make' })).toEqual(['held back']);
  expect(await outcomes(['eels', 'fish'], { force: true })).toEqual(['changed', 'changed']);
  expect([await problemOf('eels'), await rolesOf('fish')]).toEqual([null, []]);
});

test('five who leave a small team, and a fifth of a large one, are nothing to hold back', async () => {
  const [small, large] = [await tie('ibex'), await tie('jays', { members: people('jays', 40) })];
  small.members = people('ibex', 5);
  large.members = people('jays', 32);
  expect(await outcomes(['ibex', 'jays'])).toEqual(['changed', 'changed']);
});

test('a team made by hand is tied to its group by will alone, and keeps its people and words', async () => {
  const maker = await makePerson(database, 'maker');
  const kites = await makeTeam(database, 'kites', maker.person.id, { summary: 'Ours.' });
  service.groups.push({
    groupname: 'kites',
    description: 'The group.',
    mailing_list: 'k@example.org',
    members: ['kim'],
    sponsors: [],
  });
  const [refused] = await run(['kites'], { how: 'make' });
  expect(refused).toMatchObject({ outcome: 'refused', sentence: expect.stringContaining('--adopt kites') });
  expect(await rolesOf('kites')).toEqual(['maker owner hubs']);
  expect(await outcomes(['kites'], { how: 'adopt' })).toEqual(['adopted']);
  expect(await hubOf('kites')).toMatchObject({
    id: kites.id,
    groupName: 'kites',
    summary: 'Ours.',
    mailingList: 'k@example.org',
  });
  expect(await rolesOf('kites')).toEqual(['kim member accounts', 'maker owner hubs']);
  expect(await outcomes(['kites'], { how: 'make' })).toEqual(['unchanged']);
});

test('an empty group, an unknown one, and one without a hub are a sentence each', async () => {
  service.groups.push({ groupname: 'void', members: [], sponsors: [] });
  const sentences = [...(await run(['void', 'nosuch'], { how: 'make' })), ...(await run(['void']))].map(
    (result) => ('sentence' in result ? result.sentence : result.outcome),
  );
  expect(sentences).toEqual(
    [
      'The group void has nobody in it, so its hub would be nobody’s. Add somebody to it in the accounts first.',
      'The accounts have no group nosuch; nothing was changed.',
      'There is no hub of the group void; make it: hubs fas create-team void',
    ].map((sentence) => sentence.replace('’', "'")),
  );
});

test('a service that goes down half-way: what was done stays, what was not is listed, the next run begins with it', async () => {
  const names = people('lark', 12);
  for (const name of names) service.groups.push({ groupname: name, members: ['lara'], sponsors: [] });
  await run(names, { how: 'make' });
  for (const group of service.groups) if (names.includes(group.groupname)) group.members = ['lara', 'leo'];
  let reads = 0;
  service.hold = async (path) => {
    if (path.includes('/members/')) reads += 1;
    if (reads > 5) service.faults = [503];
  };
  const results = await run(names);
  expect(results.map(({ outcome }) => outcome)).toEqual([
    ...Array(5).fill('changed'),
    ...Array(7).fill('not read'),
  ]);
  expect(results.at(-1)).toMatchObject({ retry: true, sentence: expect.stringContaining('(503)') });
  expect(await rolesOf('lark4')).toContain('leo member accounts');
  expect(await rolesOf('lark5')).not.toContain('leo member accounts');
  Object.assign(service, { hold: () => undefined, faults: [] });
  const tied = (await listTied(database)).filter((name) => names.includes(name));
  expect(tied.slice(0, 7).sort()).toEqual(names.slice(5).sort());
  expect(new Set(await outcomes(tied))).toEqual(new Set(['changed', 'unchanged']));
});

test('without a ticket nothing is tried in vain', async () => {
  await tie('mice');
  const none = {
    ...tickets,
    take: () => Promise.reject(new TicketError('There is no ticket.', { retry: false })),
  };
  const asked = service.requests.length;
  const results = await run(['mice', 'bees'], {}, openFasjson({ url: service.url, tickets: none }));
  expect(results.map((result) => 'sentence' in result && result.sentence)).toEqual(
    Array(2).fill('There is no ticket.'),
  );
  expect(service.requests).toHaveLength(asked);
});

test('a reading that began before the one that stands is not taken', async () => {
  const group = await tie('newts');
  const late = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  service.hold = async (path) => {
    if (!path.includes('/newts/sponsors/')) return;
    service.hold = () => undefined;
    held.resolve();
    await late.promise;
  };
  const slow = run(['newts']);
  await held.promise;
  group.members = [...group.members, 'nina'];
  expect(await outcomes(['newts'])).toEqual(['changed']);
  late.resolve();
  expect((await slow).map(({ outcome }) => outcome)).toEqual(['unchanged']);
  expect(await rolesOf('newts')).toContain('nina member accounts');
});

test('who took a name with another provider does not get what the group gives to that name', async () => {
  await makePerson(database, 'owl', {
    identities: { create: { issuer: 'https://elsewhere.example.org', subject: 'o' } },
  });
  service.groups.push({ groupname: 'owls', members: ['owl', 'olga'], sponsors: ['owl'] });
  const [result] = await run(['owls'], { how: 'make' });
  expect(result).toMatchObject({ outcome: 'made', plan: { strangers: ['owl'] } });
  expect(await rolesOf('owls')).toEqual(['olga member accounts']);
});

test('whoever becomes private loses the name they had here, on their own hub too', async () => {
  const user: FasjsonUser = { username: 'pia', human_name: 'Pia Holm', is_private: false };
  service.users.push(user);
  const group = await tie('pigs', { members: ['pia'] });
  const { hub } = await makePerson(database, 'paul');
  await database.hub.update({ where: { id: hub.id }, data: { name: 'pia', summary: 'Pia Holm' } });
  expect(await database.person.findUnique({ where: { username: 'pia' } })).toMatchObject({
    fullName: 'Pia Holm',
  });
  user.is_private = true;
  await run([group.groupname]);
  expect(await database.person.findUnique({ where: { username: 'pia' } })).toMatchObject({ fullName: '' });
  expect((await database.hub.findUniqueOrThrow({ where: { id: hub.id } })).summary).toBe('');
});
