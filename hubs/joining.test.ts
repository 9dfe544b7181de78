import { expect, test } from 'vitest';
import type { Hub } from '../prisma/generated/client.ts';
import { openTestDatabase } from '../testing/stores.ts';
import { asking, baseUrl, openTeams } from '../testing/teams.ts';
import type { AccountGroup } from '../upstreams/accounts/accounts.ts';
import { askToJoin, waysIn, withdrawRequest } from './ask-to-join.ts';
import { chooseMentor, decideRequest } from './decide-request.ts';
import { followGroup } from './follow-group.ts';
import { readMembership } from './membership.ts';
import { noteVisit } from './note-visit.ts';

const { pool, database } = await openTestDatabase();
const { newName, somebody, makeTeam, heldBy, eventsOf } = openTeams({ pool, database });

const requestsOf = (hub: Hub) =>
  database.joinRequest.findMany({ where: { hubId: hub.id }, orderBy: { id: 'asc' } });
const requestOf = async (hub: Hub) => (await requestsOf(hub)).at(-1)?.id ?? 0;

test.each([
  ['open', null, 'open'],
  ['request', null, 'request'],
  ['accounts', null, 'invited'],
  ['open', 'g', 'request'],
  ['request', 'g', 'request'],
  ['accounts', 'g', 'accounts'],
] as const)('join mode %s, group %s: %s', (joinMode, groupName, way) => {
  expect(waysIn({ joinMode, groupName })).toBe(way);
});

test('an open team takes in at once, once, and what waited is done', async () => {
  const viewer = await somebody();
  const { hub } = await makeTeam(viewer, []);
  await askToJoin(database, asking(viewer, hub), '');
  await database.hub.update({ where: { id: hub.id }, data: { joinMode: 'open' } });
  await Promise.all([
    askToJoin(database, asking(viewer, hub), ''),
    askToJoin(database, asking(viewer, hub), ''),
  ]);
  expect(await heldBy(viewer, hub)).toBe('member hubs');
  expect((await requestsOf(hub)).map((request) => request.state)).toEqual(['approved']);
  expect(await eventsOf(hub)).toEqual([`hubs.user.role.added member ${viewer.person.username}`]);
});

test('a request waits once, however often it is sent; it is withdrawn, and can be sent again', async () => {
  const viewer = await somebody();
  const { hub } = await makeTeam(viewer, []);
  await Promise.all([1, 2, 3].map(() => askToJoin(database, asking(viewer, hub), 'I draw.')));
  expect(await requestsOf(hub)).toMatchObject([{ state: 'pending', text: 'I draw.' }]);
  expect((await readMembership(database, viewer, hub.id)).standing).toBe('pending');
  await withdrawRequest(database, asking(viewer, hub));
  await withdrawRequest(database, asking(viewer, hub));
  expect((await readMembership(database, viewer, hub.id)).standing).toBe('none');
  await askToJoin(database, asking(viewer, hub), '');
  expect((await requestsOf(hub)).map((request) => request.state)).toEqual(['withdrawn', 'pending']);
  expect(await eventsOf(hub)).toEqual([]);
});

test.each([
  [{ joinMode: 'accounts' as const }, 'its owners add people'],
  [{ joinMode: 'accounts' as const, groupName: 'closed' }, 'apply to the group closed there'],
  [{ archivedAt: new Date() }, 'is archived'],
])('%j takes in nobody who asks', async (given, words) => {
  const viewer = await somebody();
  const { hub } = await makeTeam(viewer, [], given);
  await expect(askToJoin(database, asking(viewer, hub), '')).rejects.toThrow(words);
  expect(await requestsOf(hub)).toEqual([]);
});

test('an owner approves: a member, an event, and the answer is kept', async () => {
  const viewer = await somebody();
  const { hub, other } = await makeTeam(viewer, []);
  await askToJoin(database, asking(viewer, hub), '');
  const given = { request: await requestOf(hub), decision: 'approve' as const, answer: 'Welcome!' };
  await decideRequest(database, asking(other, hub), given);
  await decideRequest(database, asking(other, hub), given);
  expect(await heldBy(viewer, hub)).toBe('member hubs');
  expect(await requestsOf(hub)).toMatchObject([
    { state: 'approved', answer: 'Welcome!', decidedById: other.person.id },
  ]);
  expect(await eventsOf(hub)).toEqual([`hubs.user.role.added member ${other.person.username}`]);
});

test('a denial needs a kind word, which the person reads; then they may ask again', async () => {
  const viewer = await somebody();
  const { hub, other } = await makeTeam(viewer, []);
  await askToJoin(database, asking(viewer, hub), '');
  const request = await requestOf(hub);
  await expect(
    decideRequest(database, asking(other, hub), { request, decision: 'deny', answer: '' }),
  ).rejects.toMatchObject({ field: 'answer', status: 422 });
  await decideRequest(database, asking(other, hub), { request, decision: 'deny', answer: 'Try docs first.' });
  expect(await readMembership(database, viewer, hub.id)).toMatchObject({
    standing: 'none',
    request: { state: 'denied', answer: 'Try docs first.' },
  });
  await askToJoin(database, asking(viewer, hub), '');
  expect((await readMembership(database, viewer, hub.id)).standing).toBe('pending');
});

test('of two owners who decide at once the second is told who was first', async () => {
  const viewer = await somebody();
  const second = await somebody();
  const { hub, other } = await makeTeam(second, ['owner hubs']);
  await askToJoin(database, asking(viewer, hub), '');
  const request = await requestOf(hub);
  const outcomes = await Promise.allSettled([
    decideRequest(database, asking(other, hub), { request, decision: 'approve', answer: '' }),
    decideRequest(database, asking(second, hub), { request, decision: 'deny', answer: 'Not now.' }),
  ]);
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused).toHaveLength(1);
  const [decided] = await requestsOf(hub);
  const winner = decided?.decidedById === other.person.id ? other : second;
  expect(refused[0]?.reason).toMatchObject({
    status: 409,
    message: `${winner.person.username} has decided already: ${viewer.person.username} was ${decided?.state}.`,
  });
  expect(await heldBy(viewer, hub)).toBe(decided?.state === 'approved' ? 'member hubs' : '');
});

test('a request that was withdrawn, or is another hub’s, can’t be decided', async () => {
  const viewer = await somebody();
  const { hub, other } = await makeTeam(viewer, []);
  const elsewhere = await makeTeam(other, ['owner hubs']);
  await askToJoin(database, asking(viewer, hub), '');
  const given = { request: await requestOf(hub), decision: 'approve' as const, answer: '' };
  await expect(decideRequest(database, asking(other, elsewhere.hub), given)).rejects.toMatchObject({
    status: 404,
  });
  await expect(decideRequest(database, asking(viewer, hub), given)).rejects.toMatchObject({ status: 403 });
  await withdrawRequest(database, asking(viewer, hub));
  await expect(decideRequest(database, asking(other, hub), given)).rejects.toThrow(
    'has withdrawn the request',
  );
});

test('a mentor is a member, and can be taken back', async () => {
  const viewer = await somebody();
  const stranger = await somebody();
  const { hub, other } = await makeTeam(viewer, []);
  await askToJoin(database, asking(viewer, hub), '');
  const request = await requestOf(hub);
  await chooseMentor(database, asking(other, hub), { request, mentor: other.person.username });
  expect((await readMembership(database, viewer, hub.id)).request?.mentor).toBe(other.person.username);
  await expect(
    chooseMentor(database, asking(other, hub), { request, mentor: stranger.person.username }),
  ).rejects.toMatchObject({ field: 'mentor' });
  await chooseMentor(database, asking(other, hub), { request, mentor: '' });
  expect((await readMembership(database, viewer, hub.id)).request?.mentor).toBeNull();
});

test('in a team tied to a group nobody approves here; the request closes when the membership arrives', async () => {
  const viewer = await somebody();
  const name = newName('group');
  const owner = await somebody();
  const group: AccountGroup = {
    name,
    description: '',
    mailingList: null,
    url: null,
    irc: [],
    discussionUrl: null,
    members: [],
    sponsors: [owner.person.username],
    fullNames: new Map(),
  };
  const sync = (members: string[]) =>
    database.$transaction((tx) => followGroup(tx, { ...group, members }, { baseUrl, how: 'make' }));
  const { hub } = await sync([]);
  if (!hub) throw new Error('there is no hub');
  await askToJoin(database, asking(viewer, hub), '');
  const request = await requestOf(hub);
  await expect(
    decideRequest(database, asking(owner, hub), { request, decision: 'approve', answer: '' }),
  ).rejects.toThrow(`add ${viewer.person.username} there`);
  await sync([]);
  expect((await requestsOf(hub)).map(({ state }) => state)).toEqual(['pending']);
  await sync([viewer.person.username]);
  expect(await requestsOf(hub)).toMatchObject([{ state: 'approved', decidedById: null }]);
  expect(await readMembership(database, viewer, hub.id)).toMatchObject({
    standing: 'member',
    byAccounts: true,
  });
});

test('whoever asks is told when no owner was here for 30 days', async () => {
  const DAY = 86_400_000;
  const { hub, other } = await makeTeam(await somebody(), []);
  const isHere = async () => (await readMembership(database, null, hub.id)).ownerIsHere;
  expect(await isHere()).toBe(false);
  await noteVisit(database, other.person.id, hub.id, Date.now() - 31 * DAY);
  expect(await isHere()).toBe(false);
  await noteVisit(database, other.person.id, hub.id, Date.now() - 29 * DAY);
  expect(await isHere()).toBe(true);
});
