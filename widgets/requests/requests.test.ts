import { expect, test } from 'vitest';
import { openFeeds } from '../../feeds/open-feeds.ts';
import { askToJoin } from '../../hubs/ask-to-join.ts';
import { createPerson } from '../../hubs/create-person.ts';
import { decideRequest } from '../../hubs/decide-request.ts';
import type { HubInfo } from '../../hubs/find-hub.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import type { RoleName } from '../../prisma/generated/enums.ts';
import { openTestDatabase } from '../../testing/stores.ts';
import { readRequests } from './read-requests.ts';

const { url, pool, database } = await openTestDatabase();

const baseUrl = 'https://hubs.example.org';

/** Somebody as after their first sign-in, with their stream. */
async function somebody(username: string): Promise<{ viewer: Viewer; stream: HubInfo }> {
  const { hubs } = await database.$transaction((tx) => createPerson(tx, { username, fullName: null }));
  const stream = hubs.find((hub) => hub.type === 'stream');
  if (!stream) throw new Error('no stream was made');
  const person = await database.person.findUniqueOrThrow({ where: { username } });
  return { viewer: { person, siteAdmin: false, session: 1, roles: new Map() }, stream };
}

async function makeTeam(name: string, owner: Viewer, groupName?: string) {
  const hub = await database.hub.create({
    data: {
      type: 'team',
      name,
      ...(groupName ? { groupName } : {}),
      roles: { create: { personId: owner.person.id, name: 'owner', source: 'hubs' } },
    },
  });
  const roles = new Map([...owner.roles, [hub.id, new Set<RoleName>(['owner'])]]);
  return { hub, owner: { ...owner, roles } };
}

const read = (viewer: Viewer | null, hub: HubInfo, n = 5) =>
  readRequests(
    {
      database,
      feeds: openFeeds({ FEEDS_URL: url, DATABASE_URL: url, DATABASE_DIRECT_URL: url }, pool),
      viewer,
      groupUrl: 'https://accounts.example.org/group/{name}',
      now: Date.now(),
    },
    hub,
    { n },
  );

test('an owner sees who waits at all their teams, oldest first, and nobody else does', async () => {
  const { viewer, stream } = await somebody('owner');
  const first = await makeTeam('painters', viewer);
  const { hub: tied, owner } = await makeTeam('writers', first.owner, 'writers');
  const asker = (await somebody('asker')).viewer;
  const second = (await somebody('second')).viewer;
  await askToJoin(database, { viewer: asker, hubId: first.hub.id, baseUrl }, 'I paint.');
  await askToJoin(database, { viewer: second, hubId: tied.id, baseUrl }, '');
  const own = await read(owner, stream);
  expect(own.waiting).toMatchObject([
    { hub: { name: 'painters' }, username: 'asker', text: 'I paint.', tied: null },
    {
      hub: { name: 'writers' },
      username: 'second',
      tied: { page: 'https://accounts.example.org/group/writers' },
    },
  ]);
  expect(await read(owner, stream, 1)).toMatchObject({ waiting: [{ username: 'asker' }], total: 2 });
  for (const other of [null, asker, { ...asker, siteAdmin: true }]) {
    expect(await read(other, stream)).toEqual({ waiting: [], total: 0, mine: [], mentored: [] });
  }
});

test('who asks sees that it waits, and then the answer', async () => {
  const boss = (await somebody('boss')).viewer;
  const { hub, owner } = await makeTeam('dancers', boss);
  const { viewer, stream } = await somebody('dancer');
  await askToJoin(database, { viewer, hubId: hub.id, baseUrl }, '');
  const [mine] = (await read(viewer, stream)).mine;
  expect(mine).toMatchObject({ hub: { name: 'dancers' }, state: 'pending' });
  await decideRequest(
    database,
    { viewer: owner, hubId: hub.id, baseUrl },
    { request: mine?.id ?? 0, decision: 'deny', answer: 'In spring, please.' },
  );
  expect((await read(viewer, stream)).mine).toMatchObject([
    { state: 'denied', answer: 'In spring, please.' },
  ]);
});

test('a mentor sees whom they look after', async () => {
  const { viewer, stream } = await somebody('mentor');
  const { hub } = await makeTeam('singers', (await somebody('conductor')).viewer);
  const singer = (await somebody('singer')).viewer;
  await askToJoin(database, { viewer: singer, hubId: hub.id, baseUrl }, '');
  await database.joinRequest.updateMany({ where: { hubId: hub.id }, data: { mentorId: viewer.person.id } });
  expect((await read(viewer, stream)).mentored).toMatchObject([
    { hub: { name: 'singers' }, username: 'singer' },
  ]);
});
