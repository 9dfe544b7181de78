import { expect, test } from 'vitest';
import { openTestDatabase } from '../testing/stores.ts';
import type { Claims } from '../upstreams/oidc/claims.ts';
import { findViewer } from './sessions.ts';
import { linkIdentity, listIdentities, type SignInRules, signIn, unlinkIdentity } from './sign-in.ts';

const { pool, database } = await openTestDatabase();

const fedora = 'https://id.fedoraproject.org/openidc/';
const other = 'https://other.example.org';
const ends = { SESSION_IDLE_MS: 86_400_000, SESSION_MAX_MS: 86_400_000 };
const refreshed: number[] = [];
const rules: SignInRules = {
  accountsIssuer: fedora,
  readsAccounts: false,
  siteAdminGroups: ['sysadmin-hubs'],
  baseUrl: 'https://hubs.example.org',
  labelOf: (issuer) => (issuer === fedora ? 'Fedora' : 'The others'),
  refreshInterests: async (_tx, hubId) => {
    refreshed.push(hubId);
  },
};

const claimsOf = (username: string, given: Partial<Claims> = {}): Claims => ({
  issuer: fedora,
  subject: `subject of ${username}`,
  username,
  fullName: 'Ralph Bean',
  groups: [],
  ...given,
});

const enter = (claims: Claims, given: Partial<SignInRules> = {}) =>
  database.$transaction((tx) => signIn(tx, claims, 'Firefox', { ...rules, ...given }));

async function viewerOf(token: string) {
  const viewer = await findViewer(database, token, ends);
  if (!viewer) throw new Error('nobody is signed in');
  return viewer;
}

const hubsOf = async (name: string) =>
  (
    await database.hub.findMany({
      where: { name },
      include: { roles: true, widgets: { orderBy: [{ column: 'asc' }, { place: 'asc' }] } },
      orderBy: { type: 'asc' },
    })
  ).map(
    (hub) =>
      `${hub.type} ${hub.visibility} ${hub.roles.map((role) => role.name)} ${hub.widgets.map((widget) => widget.kind)}`,
  );

async function eventsAbout(username: string) {
  const { rows } = await pool.query<{ payload: { topic: string; body: object } }>(
    `SELECT payload FROM graphile_worker._private_jobs WHERE payload->'body'->>'username' = $1`,
    [username],
  );
  return rows.map((row) => row.payload);
}

test('the first sign-in makes the person, their hub, their stream and one event; the next makes none of it', async () => {
  const first = await enter(claimsOf('ralph'));
  expect(first).toMatchObject({ person: { username: 'ralph' }, isFirst: true });
  expect(await hubsOf('ralph')).toEqual([
    'user public owner feed,contact,hubs,library',
    'stream private owner feed,requests,help',
  ]);
  expect(refreshed).toHaveLength(2);
  expect((await viewerOf(first.token)).person).toMatchObject({ username: 'ralph', fullName: 'Ralph Bean' });

  const second = await enter(claimsOf('ralph', { fullName: null }));
  expect(second).toMatchObject({ person: { id: first.person.id }, isFirst: false });
  expect(second.token).not.toBe(first.token);
  expect((await viewerOf(second.token)).person.fullName).toBe('Ralph Bean');
  expect(refreshed).toHaveLength(2);
  const events = await eventsAbout('ralph');
  expect(events).toEqual([
    expect.objectContaining({
      topic: 'hubs.user.created',
      outside: true,
      body: expect.objectContaining({ hub_url: 'https://hubs.example.org/u/ralph', agent: 'ralph' }),
    }),
  ]);
});

test('two tabs that sign somebody in for the first time make one person', async () => {
  const both = await Promise.all([
    enter(claimsOf('twice')),
    enter(claimsOf('Twice', { subject: 'subject of twice' })),
  ]);
  expect(new Set(both.map((one) => one.person.id)).size).toBe(1);
  expect(both.map((one) => one.isFirst).sort()).toEqual([false, true]);
  expect(await eventsAbout(both[0].person.username)).toHaveLength(1);
});

test('somebody whom roles brought keeps their roles, and only the accounts system speaks for them', async () => {
  const team = await database.hub.create({ data: { type: 'team', name: 'design', groupName: 'design' } });
  const known = await database.person.create({
    data: { username: 'Amara', roles: { create: { hubId: team.id, name: 'owner', source: 'accounts' } } },
  });
  await expect(enter(claimsOf('amara', { issuer: other }))).rejects.toThrow(
    'The name amara is taken here by somebody who signs in with Fedora',
  );
  const { token, person } = await enter(claimsOf('amara'));
  expect(person.id).toBe(known.id);
  expect([...((await viewerOf(token)).roles.get(team.id) ?? [])]).toEqual(['owner']);
});

test('a name is held by the account that came first, whatever its case', async () => {
  await enter(claimsOf('holder'));
  await expect(enter(claimsOf('HOLDER', { issuer: other }))).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('sign in with Fedora and link this account under Settings, Accounts'),
  });
  await expect(enter(claimsOf('holder', { subject: 'somebody else' }))).rejects.toThrow(
    'belongs to another account of Fedora here',
  );
  await enter(claimsOf('stranger', { issuer: other }));
  await expect(enter(claimsOf('stranger'))).rejects.toThrow('signs in with The others');
  expect(
    await database.identity.count({ where: { person: { username: { in: ['holder', 'stranger'] } } } }),
  ).toBe(2);
});

test('a name that can be none, and a person who is banned, leave nothing behind', async () => {
  for (const name of ['a b', '../x', 'ä', 'x'.repeat(65), '<b>'])
    await expect(enter(claimsOf(name))).rejects.toThrow('is not a user name');
  const { token, person } = await enter(claimsOf('rude'));
  await database.person.update({ where: { id: person.id }, data: { bannedAt: new Date() } });
  expect(await findViewer(database, token, ends)).toBeNull();
  await expect(enter(claimsOf('rude'))).rejects.toMatchObject({ code: 'not_allowed' });
  await database.person.create({ data: { username: 'unseen', bannedAt: new Date() } });
  await expect(enter(claimsOf('unseen'))).rejects.toMatchObject({ code: 'not_allowed' });
  expect(await database.identity.count({ where: { person: { username: 'unseen' } } })).toBe(0);
});

test('a new name at the provider does not make a second person', async () => {
  const before = await enter(claimsOf('maiden', { subject: 'lasting' }));
  const after = await enter(claimsOf('married', { subject: 'lasting' }));
  expect(after.person).toMatchObject({ id: before.person.id, username: 'maiden' });
  expect(await hubsOf('married')).toEqual([]);
});

test('groups of the accounts system make a site admin, for that session; others’ groups do not', async () => {
  const groups = ['sysadmin-hubs'];
  const isAdmin = async (claims: Claims) => (await viewerOf((await enter(claims)).token)).siteAdmin;
  expect(await isAdmin(claimsOf('boss', { groups }))).toBe(true);
  expect(await isAdmin(claimsOf('boss', { groups: ['packager'] }))).toBe(false);
  expect(await isAdmin(claimsOf('sly', { groups, issuer: other }))).toBe(false);
});

test('who is signed in links a second account, but none that is somebody else’s', async () => {
  const mine = await enter(claimsOf('linker'));
  const theirs = await enter(claimsOf('bystander', { issuer: other }));
  const viewer = await viewerOf(mine.token);
  const link = (claims: Claims) => database.$transaction((tx) => linkIdentity(tx, viewer, claims));
  const second = claimsOf('linker-elsewhere', { issuer: other });
  await link(second);
  await link(second);
  expect((await enter(second)).person.id).toBe(mine.person.id);
  expect(await listIdentities(database, viewer)).toHaveLength(2);
  await expect(link(claimsOf('bystander', { issuer: other }))).rejects.toThrow('signs in bystander here');
  expect((await enter(claimsOf('bystander', { issuer: other }))).person.id).toBe(theirs.person.id);
});

test('an account is taken away with its sessions, the last one never', async () => {
  const { token } = await enter(claimsOf('parting'));
  const viewer = await viewerOf(token);
  const second = claimsOf('parting', { issuer: other });
  const unlink = (claims: Claims) => database.$transaction((tx) => unlinkIdentity(tx, viewer, claims));
  await database.$transaction((tx) => linkIdentity(tx, viewer, second));
  const elsewhere = await enter(second);
  await expect(unlink(claimsOf('boss'))).rejects.toMatchObject({ code: 'not_found' });
  await unlink(second);
  expect(await findViewer(database, elsewhere.token, ends)).toBeNull();
  await expect(unlink(claimsOf('parting'))).rejects.toThrow('the only account you can sign in with');
  expect(await listIdentities(database, viewer)).toHaveLength(1);
  expect(await findViewer(database, token, ends)).not.toBeNull();
});

test('where the accounts can be asked they decide what their people are called: a sign-in asks for a reading', async () => {
  const reads = { readsAccounts: true };
  const { person } = await enter(claimsOf('shy'), reads);
  await enter(claimsOf('shy'), reads);
  expect((await database.person.findUniqueOrThrow({ where: { id: person.id } })).fullName).toBe('');
  const waiting = await pool.query(`SELECT FROM graphile_worker.jobs WHERE key = 'read-person:shy'`);
  expect(waiting.rowCount).toBe(1);
  const outsider = await enter(claimsOf('outsider', { issuer: other }), reads);
  expect((await viewerOf(outsider.token)).person.fullName).toBe('Ralph Bean');
});

test('a claimed group is no membership: it asks for the group to be read, where it is not what stands here', async () => {
  const reads = { readsAccounts: true };
  const { person } = await enter(claimsOf('claimer'), reads);
  const tie = (name: string) => database.hub.create({ data: { type: 'team', name, groupName: name } });
  const [left, , both] = [await tie('left-group'), await tie('Joined-Group'), await tie('both-group')];
  await tie('other-group');
  for (const { id } of [left, both])
    await database.role.create({
      data: { hubId: id, personId: person.id, name: 'member', source: 'accounts' },
    });
  const waiting = async () =>
    (
      await pool.query(`SELECT key FROM graphile_worker.jobs WHERE key ~ 'read-group:.*-group' ORDER BY key`)
    ).rows.map(({ key }) => key);
  await enter(claimsOf('claimer', { groups: [] }), reads);
  expect(await waiting()).toEqual([]);
  await enter(claimsOf('claimer', { groups: ['joined-group', 'both-group', 'not-tied'] }), reads);
  expect(await waiting()).toEqual(['read-group:joined-group', 'read-group:left-group']);
  expect(await database.role.count({ where: { personId: person.id, source: 'accounts' } })).toBe(2);
});
