import { expect, test } from 'vitest';
import { openTestDatabase } from '../testing/stores.ts';
import type { AccountGroup } from '../upstreams/accounts/accounts.ts';
import { chatUrl } from './chat-url.ts';
import { createPerson } from './create-person.ts';
import { type FollowOptions, followGroup } from './follow-group.ts';

const { database } = await openTestDatabase();

const group = (name: string, given: Partial<AccountGroup> = {}): AccountGroup => ({
  name,
  description: 'We draw. Come in, there is room.',
  mailingList: `${name}@lists.example.org`,
  url: null,
  irc: ['#draw', 'matrix://example.org/#draw'],
  discussionUrl: 'https://discussion.example.org/tag/drawing',
  members: [`${name}-amara`, `${name}-bo`],
  sponsors: [`${name}-amara`],
  fullNames: new Map(),
  ...given,
});

const baseUrl = 'https://hubs.example.org';
async function make(given: AccountGroup, options: Partial<FollowOptions> = {}) {
  const followed = await database.$transaction((tx) =>
    followGroup(tx, given, { baseUrl, how: 'make', ...options }),
  );
  if (!followed.hub) throw new Error('there is no hub');
  return { ...followed, hub: followed.hub };
}

const rolesOf = async (hubId: number) =>
  (await database.role.findMany({ where: { hubId }, include: { person: true } }))
    .map((role) => `${role.person.username} ${role.name} ${role.source}`)
    .sort();

const widgetsOf = async (hubId: number) =>
  (await database.widget.findMany({ where: { hubId }, orderBy: [{ column: 'asc' }, { place: 'asc' }] })).map(
    (widget) => `${widget.column} ${widget.kind}`,
  );

test('a group becomes a hub with its configuration, its people and the default widgets', async () => {
  const { hub, outcome } = await make(
    group('art', {
      ...{ projects: ['art/requests'], packages: ['art-tools'], kind: 'project' },
      fullNames: new Map([['art-amara', 'Amara Okafor']]),
    }),
  );
  expect(outcome).toBe('made');
  expect(hub).toMatchObject({
    type: 'team',
    name: 'art',
    groupName: 'art',
    summary: 'We draw.',
    description: 'We draw. Come in, there is room.',
    mailingList: 'art@lists.example.org',
    chatUrl: 'https://matrix.to/#/#draw:example.org',
    discourseTag: 'drawing',
    teamKind: 'project',
    projects: ['art/requests'],
    packages: ['art-tools'],
    visibility: 'public',
  });
  expect(await rolesOf(hub.id)).toEqual([
    'art-amara member accounts',
    'art-amara owner accounts',
    'art-bo member accounts',
  ]);
  expect(await widgetsOf(hub.id)).toEqual([
    'left cobwebs',
    'left sticky',
    'left help',
    'left feed',
    'right rules',
    'right meetings',
    'right discussion',
    'right people',
    'right library',
  ]);
  const amara = await database.person.findUnique({ where: { username: 'ART-Amara' } });
  expect(amara?.fullName).toBe('Amara Okafor');
});

test('again it follows the accounts, and leaves alone what people of Hubs did', async () => {
  const first = await make(group('again'));
  const guest = await database.person.create({ data: { username: 'again-guest' } });
  await database.role.create({
    data: { hubId: first.hub.id, personId: guest.id, name: 'owner', source: 'hubs' },
  });
  await database.widget.deleteMany({ where: { hubId: first.hub.id, kind: 'people' } });
  const second = await make(
    group('Again', { description: 'We paint.', members: ['AGAIN-BO', 'again-cleo'], sponsors: [] }),
  );
  expect(second).toMatchObject({
    outcome: 'changed',
    hub: { id: first.hub.id, name: 'again', description: '' },
  });
  expect(await rolesOf(first.hub.id)).toEqual([
    'again-bo member accounts',
    'again-cleo member accounts',
    'again-guest owner hubs',
  ]);
  expect(await widgetsOf(first.hub.id)).not.toContain('right people');
});

test('a group that lost everybody has no roles of the accounts left', async () => {
  const { hub } = await make(group('empty'));
  await make(group('empty', { members: [], sponsors: [] }), { force: true });
  expect(await rolesOf(hub.id)).toEqual([]);
});

test('two who make the same hub at once make one', async () => {
  const made = await Promise.all([make(group('race')), make(group('race'))]);
  expect(made.map((one) => one.outcome).sort()).toEqual(['made', 'unchanged']);
  expect(made[0]?.hub.id).toBe(made[1]?.hub.id);
});

test('a team made by hand is not taken over', async () => {
  await database.hub.create({
    data: {
      type: 'team',
      name: 'Handmade',
      summary: 'ours',
      roles: {
        create: { name: 'owner', source: 'hubs', person: { create: { username: 'handmade-maker' } } },
      },
    },
  });
  await expect(make(group('handmade'))).rejects.toThrow(
    'A team made by hand has the name Handmade already, and stays as it is: give the group another name',
  );
  expect(await database.person.findUnique({ where: { username: 'handmade-bo' } })).toBeNull();
});

test('a name that no hub can have is refused', async () => {
  await expect(make(group('-x'))).rejects.toThrow('use letters, digits');
  await expect(
    database.$transaction((tx) => createPerson(tx, { username: 'a b', fullName: null })),
  ).rejects.toThrow('is not a user name');
});

test.each([
  ['https://discussion.example.org/tag/art-team/', 'art-team'],
  ['https://discussion.example.org/tags/c/team/7/art', 'art'],
  ['https://discussion.example.org/c/team/7', null],
  ['https://discussion.example.org/tag/%E0%A4%A', null],
  [null, null],
])('%s names the tag %s', async (discussionUrl, tag) => {
  const { hub } = await make(group('tagged', { discussionUrl }));
  expect(hub.discourseTag).toBe(tag);
});

test('a team without a tag starts without discussions', async () => {
  const { hub } = await make(group('quiet', { discussionUrl: null }));
  expect(await widgetsOf(hub.id)).not.toContain('right discussion');
});

test('a person known from a team gets a public hub and a private stream, once', async () => {
  await make(group('crew', { members: ['crew-dana'], sponsors: [] }));
  const dana = { username: 'Crew-Dana', fullName: 'Dana Ruiz' };
  const first = await database.$transaction((tx) => createPerson(tx, dana));
  expect(first.created).toBe(true);
  expect(first.hubs.map((hub) => `${hub.type} ${hub.name} ${hub.visibility} ${hub.summary}`)).toEqual([
    'user crew-dana public Dana Ruiz',
    'stream crew-dana private Dana Ruiz',
  ]);
  const second = await database.$transaction((tx) => createPerson(tx, dana));
  expect(second.created).toBe(false);
  for (const hub of second.hubs) {
    expect(await rolesOf(hub.id)).toEqual(['crew-dana owner hubs']);
  }
  const [own, stream] = second.hubs.map((hub) => hub.id);
  expect(await widgetsOf(own ?? 0)).toEqual(['left feed', 'right contact', 'right hubs', 'right library']);
  expect(await widgetsOf(stream ?? 0)).toEqual(['left feed', 'right requests', 'right help']);
});

test('rooms as the accounts name them become addresses a browser opens', () => {
  expect(chatUrl('matrix://example.org/#art')).toBe('https://matrix.to/#/#art:example.org');
  expect(chatUrl('irc://irc.example.net/#art')).toBe('irc://irc.example.net/#art');
  expect(chatUrl('https://chat.example.org/art')).toBe('https://chat.example.org/art');
  expect(chatUrl('#art')).toBeNull();
  expect(chatUrl('javascript:alert(1)')).toBeNull();
});
