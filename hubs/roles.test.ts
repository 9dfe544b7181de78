import { expect, test } from 'vitest';
import type { Hub } from '../prisma/generated/client.ts';
import type { RoleName } from '../prisma/generated/enums.ts';
import { openTestDatabase } from '../testing/stores.ts';
import { asking, baseUrl, type Held, openTeams } from '../testing/teams.ts';
import { askToJoin } from './ask-to-join.ts';
import { changePeople, type PeopleChange } from './change-people.ts';
import { changeRole, type RoleChange } from './change-role.ts';

const { pool, database } = await openTestDatabase();
const { somebody, tied, makeTeam, heldBy, eventsOf } = openTeams({ pool, database });

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
