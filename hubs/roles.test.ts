import { expect, test } from 'vitest';
import type { Hub } from '../prisma/generated/client.ts';
import type { RoleName, RoleSource } from '../prisma/generated/enums.ts';
import { openTestDatabase } from '../testing/stores.ts';
import type { AccountGroup } from '../upstreams/accounts/accounts.ts';
import { archiveHub } from './archive-hub.ts';
import { askToJoin, waysIn, withdrawRequest } from './ask-to-join.ts';
import { changePeople, type PeopleChange } from './change-people.ts';
import { changeRole, type RoleChange } from './change-role.ts';
import { chooseMentor, decideRequest } from './decide-request.ts';
import { followGroup } from './follow-group.ts';
import { readMembership } from './membership.ts';
import { noteVisit } from './note-visit.ts';
import type { Viewer } from './viewer.ts';

const { pool, database } = await openTestDatabase();

const baseUrl = 'https://hubs.example.org';
let count = 0;

/** Somebody signed in, with nothing but a name. */
async function somebody(siteAdmin = false): Promise<Viewer> {
  const person = await database.person.create({ data: { username: `person${++count}` } });
  return { person, siteAdmin, session: 1, roles: new Map() };
}

type Held = `${RoleName} ${RoleSource}`;

/** A team with another owner, in which `viewer` holds these roles. */
async function makeTeam(viewer: Viewer, held: Held[], given: Partial<Hub> = {}, alone = false) {
  const other = await somebody();
  const roles = [
    ...held.map((role) => ({ personId: viewer.person.id, role })),
    ...(alone ? [] : [{ personId: other.person.id, role: 'owner hubs' as const }]),
  ];
  const hub = await database.hub.create({
    data: {
      type: 'team',
      name: `team${++count}`,
      ...given,
      roles: {
        create: roles.map(({ personId, role }) => {
          const [name, source] = role.split(' ') as [RoleName, RoleSource];
          return { personId, name, source };
        }),
      },
    },
  });
  return { hub, other };
}

const heldBy = async (viewer: Viewer, hub: Hub) =>
  (await database.role.findMany({ where: { hubId: hub.id, personId: viewer.person.id } }))
    .map((role) => `${role.name} ${role.source}`)
    .sort()
    .join(', ');

/** The role events promised so far for this hub, in their order. */
async function eventsOf(hub: Hub): Promise<string[]> {
  const { rows } = await pool.query(
    `SELECT payload FROM graphile_worker._private_jobs WHERE payload->'body'->>'hub_name' = $1 ORDER BY id`,
    [hub.name],
  );
  return rows.map(({ payload: { topic, body, outside } }) =>
    [topic, body.old_role, body.role, body.agent, ...(outside ? [] : ['inside'])].filter(Boolean).join(' '),
  );
}

const asking = (viewer: Viewer, hub: Hub) => ({ viewer, hubId: hub.id, baseUrl });

/** `group` stands for a name of its own: a team tied to it. */
const tied = () => ({ groupName: `group${++count}` });

interface Step {
  held: Held[];
  change: RoleChange;
  /** What they hold afterwards; the error where it begins with `!`. */
  after: string;
  events?: string[];
  given?: () => Partial<Hub>;
  alone?: true;
}

const steps: Step[] = [
  { held: [], change: 'star', after: 'stargazer hubs', events: ['added stargazer'] },
  { held: ['stargazer hubs'], change: 'star', after: 'stargazer hubs' },
  { held: ['stargazer hubs'], change: 'unstar', after: '', events: ['removed stargazer'] },
  { held: [], change: 'unstar', after: '' },
  { held: [], change: 'subscribe', after: 'subscriber hubs', events: ['added subscriber'] },
  { held: ['subscriber hubs'], change: 'subscribe', after: 'subscriber hubs' },
  { held: ['subscriber hubs'], change: 'unsubscribe', after: '', events: ['removed subscriber'] },
  { held: [], change: 'unsubscribe', after: '' },
  {
    held: ['member hubs'],
    change: 'subscribe',
    after: 'member hubs, subscriber hubs',
    events: ['added subscriber'],
  },
  { held: ['member hubs'], change: 'leave', after: '', events: ['removed member'] },
  {
    held: ['member hubs', 'subscriber hubs'],
    change: 'leave',
    after: 'subscriber hubs',
    events: ['removed member'],
  },
  {
    held: ['member hubs', 'subscriber hubs'],
    change: 'leave',
    given: () => ({ visibility: 'private' }),
    after: '',
    events: ['removed member', 'removed subscriber'],
  },
  { held: [], change: 'leave', after: '' },
  { held: ['member accounts'], change: 'leave', given: tied, after: '!The accounts system says who belongs' },
  { held: ['owner hubs'], change: 'leave', after: '!give up ownership first' },
  { held: ['owner hubs'], change: 'resign', after: 'member hubs', events: ['changed owner member'] },
  { held: ['owner hubs'], change: 'resign', alone: true, after: '!You are the last owner' },
  { held: ['member hubs'], change: 'resign', after: 'member hubs' },
  { held: ['owner accounts'], change: 'resign', given: tied, after: '!The accounts system says who belongs' },
  {
    held: ['owner hubs', 'member accounts'],
    change: 'resign',
    given: tied,
    alone: true,
    after: 'member accounts',
    events: ['removed owner'],
  },
  {
    held: ['member hubs'],
    change: 'leave',
    given: () => ({ archivedAt: new Date() }),
    after: '',
    events: ['removed member'],
  },
];

test.each(steps)(
  'who holds “$held” and does $change: $after',
  async ({ held, change, after, events = [], given, alone }) => {
    const viewer = await somebody();
    const { hub } = await makeTeam(viewer, held, given?.(), alone);
    const before = await heldBy(viewer, hub);
    const doing = changeRole(database, asking(viewer, hub), change);
    if (after.startsWith('!')) {
      await expect(doing).rejects.toThrow(after.slice(1));
      expect(await heldBy(viewer, hub)).toBe(before);
    } else {
      await doing;
      expect(await heldBy(viewer, hub)).toBe(after);
    }
    const inside = hub.visibility === 'private' ? ' inside' : '';
    expect(await eventsOf(hub)).toEqual(
      events.map((event) => `hubs.user.role.${event} ${viewer.person.username}${inside}`),
    );
  },
);

interface PeopleStep {
  held: Held[];
  change: PeopleChange;
  after: string;
  events?: string[];
  given?: () => Partial<Hub>;
}

const peopleSteps: PeopleStep[] = [
  { held: ['member hubs'], change: 'promote', after: 'owner hubs', events: ['changed member owner'] },
  {
    held: ['member accounts'],
    change: 'promote',
    given: tied,
    after: 'member accounts, owner hubs',
    events: ['added owner'],
  },
  { held: ['owner hubs'], change: 'promote', after: 'owner hubs' },
  { held: ['subscriber hubs'], change: 'promote', after: '!is not a member' },
  { held: ['owner hubs'], change: 'demote', after: 'member hubs', events: ['changed owner member'] },
  {
    held: ['owner hubs', 'member accounts'],
    change: 'demote',
    given: tied,
    after: 'member accounts',
    events: ['removed owner'],
  },
  { held: ['owner accounts'], change: 'demote', given: tied, after: '!The accounts system brought' },
  { held: ['member hubs'], change: 'demote', after: 'member hubs' },
  {
    held: ['member hubs', 'subscriber hubs'],
    change: 'remove',
    after: 'subscriber hubs',
    events: ['removed member'],
  },
  { held: ['owner hubs'], change: 'remove', after: '', events: ['removed owner'] },
  { held: ['member accounts'], change: 'remove', given: tied, after: '!The accounts system brought' },
  { held: [], change: 'remove', after: '' },
  { held: [], change: 'add-owner', after: 'owner hubs', events: ['added owner'] },
  { held: ['member hubs'], change: 'add-owner', after: 'owner hubs', events: ['changed member owner'] },
  { held: ['owner accounts'], change: 'add-owner', given: tied, after: 'owner accounts' },
];

test.each(peopleSteps)(
  'an owner does $change with who holds “$held”: $after',
  async ({ held, change, after, events = [], given }) => {
    const person = await somebody();
    const { hub, other } = await makeTeam(person, held, given?.());
    const before = await heldBy(person, hub);
    const doing = changePeople(database, asking(other, hub), {
      username: person.person.username.toUpperCase(),
      change,
    });
    if (after.startsWith('!')) {
      await expect(doing).rejects.toThrow(after.slice(1));
      expect(await heldBy(person, hub)).toBe(before);
    } else {
      await doing;
      expect(await heldBy(person, hub)).toBe(after);
    }
    expect(await eventsOf(hub)).toEqual(
      events.map((event) => `hubs.user.role.${event} ${other.person.username}`),
    );
  },
);

test('the last owner can be neither demoted nor removed, by themselves or a site admin', async () => {
  const owner = await somebody();
  const admin = await somebody(true);
  const { hub } = await makeTeam(owner, ['owner hubs'], {}, true);
  const { username } = owner.person;
  for (const change of ['demote', 'remove'] as const) {
    await expect(changePeople(database, asking(admin, hub), { username, change })).rejects.toThrow(
      'the last owner',
    );
  }
  expect(await heldBy(owner, hub)).toBe('owner hubs');
});

test('who may not is refused: members 403, strangers of a private hub 404, as if there were none', async () => {
  const member = await somebody();
  const stranger = await somebody();
  const { hub, other } = await makeTeam(member, ['member hubs'], { visibility: 'private' });
  const promote = { username: member.person.username, change: 'promote' as const };
  await expect(changePeople(database, asking(member, hub), promote)).rejects.toMatchObject({ status: 403 });
  const gone = { status: 404, message: 'There is no such hub.' };
  await expect(changePeople(database, asking(stranger, hub), promote)).rejects.toMatchObject(gone);
  await expect(changeRole(database, asking(stranger, hub), 'star')).rejects.toMatchObject(gone);
  await expect(askToJoin(database, asking(stranger, hub), '')).rejects.toMatchObject(gone);
  await expect(
    askToJoin(database, { viewer: stranger, hubId: 2_000_000_000, baseUrl }, ''),
  ).rejects.toMatchObject(gone);
  await changePeople(database, asking(other, hub), promote);
  expect(await heldBy(member, hub)).toBe('owner hubs');
});

test('what the session said of an owner counts no more once they are none', async () => {
  const was = await somebody();
  const { hub } = await makeTeam(was, ['member hubs']);
  const stale = { ...was, roles: new Map([[hub.id, new Set<RoleName>(['owner'])]]) };
  await expect(
    changePeople(database, asking(stale, hub), { username: was.person.username, change: 'promote' }),
  ).rejects.toMatchObject({ status: 403 });
});

test('an unknown name is an error at its field', async () => {
  const owner = await somebody();
  const { hub } = await makeTeam(owner, ['owner hubs']);
  await expect(
    changePeople(database, asking(owner, hub), { username: 'nobody-at-all', change: 'add-owner' }),
  ).rejects.toMatchObject({ field: 'username', status: 422 });
});

test('of two last owners who give up at once one stays', async () => {
  const first = await somebody();
  const { hub, other } = await makeTeam(first, ['owner hubs']);
  const outcomes = await Promise.allSettled([
    changeRole(database, asking(first, hub), 'resign'),
    changeRole(database, asking(other, hub), 'resign'),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await database.role.count({ where: { hubId: hub.id, name: 'owner' } })).toBe(1);
});

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
  const name = `group${++count}`;
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

test('looking again within ten minutes is the same visit', async () => {
  const viewer = await somebody();
  const { hub } = await makeTeam(viewer, []);
  const now = Date.now();
  const visits = () => database.visit.findFirst({ where: { hubId: hub.id } });
  await noteVisit(database, viewer.person.id, hub.id, now);
  await noteVisit(database, viewer.person.id, hub.id, now + 60_000);
  expect(await visits()).toMatchObject({ count: 1, lastAt: new Date(now + 60_000) });
  await noteVisit(database, viewer.person.id, hub.id, now + 3_600_000);
  expect(await visits()).toMatchObject({ count: 2 });
});

test('the database refuses a hub without an owner, unless a group or the archive holds it', async () => {
  const viewer = await somebody();
  await expect(database.hub.create({ data: { type: 'team', name: `team${++count}` } })).rejects.toThrow(
    'no owner',
  );
  await database.hub.create({ data: { type: 'team', name: `team${++count}`, ...tied() } });
  const archived = await database.hub.create({
    data: { type: 'team', name: `team${++count}`, archivedAt: new Date() },
  });
  await expect(
    database.hub.update({ where: { id: archived.id }, data: { archivedAt: null } }),
  ).rejects.toThrow('no owner');
  const { hub } = await makeTeam(viewer, ['owner hubs'], {}, true);
  await expect(database.role.deleteMany({ where: { hubId: hub.id } })).rejects.toThrow('no owner');
  await database.hub.delete({ where: { id: hub.id } });
});

test('of two who take the last owners away behind Hubs’ back the database refuses one', async () => {
  const first = await somebody();
  const { hub, other } = await makeTeam(first, ['owner hubs']);
  const outcomes = await Promise.allSettled(
    [first, other].map(({ person }) =>
      database.role.deleteMany({ where: { hubId: hub.id, personId: person.id } }),
    ),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('erasing somebody archives what they alone owned, and takes their own hubs with them', async () => {
  const viewer = await somebody();
  const alone = await makeTeam(viewer, ['owner hubs'], {}, true);
  const shared = await makeTeam(viewer, ['owner hubs']);
  for (const type of ['user', 'stream'] as const) {
    await database.hub.create({
      data: {
        type,
        name: viewer.person.username,
        visibility: type === 'user' ? 'public' : 'private',
        roles: { create: { personId: viewer.person.id, name: 'owner', source: 'hubs' } },
      },
    });
  }
  await database.person.delete({ where: { id: viewer.person.id } });
  const left = await database.hub.findMany({
    where: { id: { in: [alone.hub.id, shared.hub.id] } },
    orderBy: { id: 'asc' },
  });
  expect(left.map((hub) => hub.archivedAt !== null)).toEqual([true, false]);
  expect(await database.hub.count({ where: { name: viewer.person.username } })).toBe(0);
});

test('a site admin who wakes a hub that nobody owns any more has it', async () => {
  const admin = await somebody(true);
  const hub = await database.hub.create({
    data: { type: 'team', name: `team${++count}`, archivedAt: new Date() },
  });
  await database.$transaction((tx) => archiveHub(tx, asking(admin, hub), false));
  expect(await heldBy(admin, hub)).toBe('owner hubs');
});

test('an owner who wakes their hub owns it as before', async () => {
  const owner = await somebody();
  const { hub } = await makeTeam(owner, ['owner hubs'], { archivedAt: new Date() }, true);
  await database.$transaction((tx) => archiveHub(tx, asking(owner, hub), false));
  expect(await heldBy(owner, hub)).toBe('owner hubs');
  expect((await eventsOf(hub)).filter((event) => event.includes('role'))).toEqual([]);
});
