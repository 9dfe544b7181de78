import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTestDatabase } from '../testing/stores.ts';
import { namePattern } from '../upstreams/accounts/accounts.ts';
import { makeTeam, type NewTeam } from './make-team.ts';
import { listUnset } from './setup.ts';
import { nameProblem, SKELETON_SQL, skeleton } from './team-names.ts';
import type { Viewer } from './viewer.ts';

const { pool, database } = await openTestDatabase();

const baseUrl = 'https://hubs.example.org';
let people = 0;
async function somebody(): Promise<Viewer> {
  const person = await database.person.create({ data: { username: `maker${++people}` } });
  return { person, siteAdmin: false, session: 1, roles: new Map() };
}
const make = (
  viewer: Viewer,
  name: string,
  given: Partial<NewTeam> = {},
  groupExists = false,
  now?: number,
) =>
  database.$transaction((tx) =>
    makeTeam(
      tx,
      viewer,
      {
        name,
        teamKind: 'team',
        summary: '',
        description: '',
        visibility: 'public',
        joinMode: 'request',
        ...given,
      },
      { groupExists, baseUrl, ...(now ? { now } : {}) },
    ),
  );

test('who makes a team owns it; it has its widgets, and the bus hears of it', async () => {
  const viewer = await somebody();
  const { hub } = await make(viewer, 'Painters', {
    teamKind: 'regional',
    summary: 'We paint.',
    joinMode: 'open',
  });
  expect(hub).toMatchObject({
    type: 'team',
    name: 'Painters',
    groupName: null,
    teamKind: 'regional',
    joinMode: 'open',
  });
  expect(await database.role.findMany({ where: { hubId: hub.id } })).toMatchObject([
    { personId: viewer.person.id, name: 'owner', source: 'hubs' },
  ]);
  expect(await database.widget.count({ where: { hubId: hub.id } })).toBeGreaterThan(0);
  const { rows } = await pool.query(
    `SELECT payload->>'topic' AS topic FROM graphile_worker._private_jobs WHERE payload->'body'->>'hub_name' = 'Painters' ORDER BY id`,
  );
  expect(rows.map((row) => row.topic)).toEqual(['hubs.hub.created', 'hubs.user.role.added']);
});

test('the same press twice makes one team; later, or for others, the name is taken', async () => {
  const viewer = await somebody();
  const [first, second] = await Promise.all([make(viewer, 'twice'), make(viewer, 'twice')]);
  expect(first.hub.id).toBe(second.hub.id);
  const taken = { field: 'name', status: 409, message: 'The name twice is taken. Choose another one.' };
  await expect(make(await somebody(), 'twice')).rejects.toMatchObject(taken);
  await expect(make(viewer, 'twice', {}, false, Date.now() + 120_000)).rejects.toMatchObject(taken);
  await expect(make(viewer, 'TWICE')).rejects.toMatchObject({ status: 409 });
});

test.each(['Des1gn', 'de-sign', 'D.e.s.i.g.n', 'des_lgn'])('%s is mistaken for design', async (name) => {
  const viewer = await somebody();
  await make(viewer, 'design').catch(() => undefined); // it stands from the first case on
  await expect(make(viewer, name)).rejects.toThrow('would be mistaken for the hub design');
});

test('of a private hub the name is not said', async () => {
  await make(await somebody(), 'secret-0ne', { visibility: 'private' });
  const refused = make(await somebody(), 'secret-one');
  await expect(refused).rejects.toThrow('a hub that is there already');
  await expect(refused).rejects.not.toThrow('0ne');
});

test('the name of a group of the accounts is the group’s', async () => {
  await expect(make(await somebody(), 'docs', {}, true)).rejects.toMatchObject({
    field: 'name',
    status: 409,
  });
  await make(await somebody(), 'docs-club');
});

test('a name is taken exactly when it is one, and what is wrong is said', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-zA-Z0-9_.-]{0,70}$/)), (name) => {
      const problem = nameProblem(name);
      expect(problem === null).toBe(namePattern.test(name));
      if (problem !== null) expect(problem.length).toBeGreaterThan(10);
    }),
  );
  expect(nameProblem('a b')).toContain('a space');
  expect(nameProblem('café')).toContain('“é”');
  expect(nameProblem('x'.repeat(65))).toContain('this one has 65');
});

const names = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,63}$/);

test('a skeleton does not depend on case, dots and dashes, and is its own skeleton', () => {
  fc.assert(
    fc.property(names, (name) => {
      expect(skeleton(name.toUpperCase())).toBe(skeleton(name));
      expect(skeleton([...name].join('-'))).toBe(skeleton(name));
      expect(skeleton(skeleton(name))).toBe(skeleton(name));
    }),
  );
});

test('the database sees the same skeletons', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(names, { minLength: 20, maxLength: 20 }), async (all) => {
      const { rows } = await pool.query(
        `SELECT ${SKELETON_SQL} AS bones FROM unnest($1::text[]) WITH ORDINALITY AS hub(name, at) ORDER BY at`,
        [all],
      );
      expect(rows.map((row) => row.bones)).toEqual(all.map(skeleton));
    }),
    { numRuns: 20 },
  );
});

test('a new hub lists what is unset, until it is set or put away', async () => {
  const { hub } = await make(await somebody(), 'bare');
  const all = listUnset(hub).length;
  expect(all).toBeGreaterThan(4);
  expect(listUnset({ ...hub, summary: 'We are.' })).toHaveLength(all - 1);
  expect(listUnset({ ...hub, setupDone: true })).toEqual([]);
  expect(listUnset({ ...hub, archivedAt: new Date() })).toEqual([]);
});
