import { beforeAll, expect, test } from 'vitest';
import { makePerson, makeTeam } from '../testing/people.ts';
import { callHubs } from '../testing/run-hubs.ts';
import { openTestDatabase } from '../testing/stores.ts';
import { refreshInterests } from '../widgets/interests.ts';

const { url, pool, database } = await openTestDatabase();
let team: number;
let owner: number;
beforeAll(async () => {
  const { person, hub } = await makePerson(database, 'mira');
  owner = person.id;
  ({ id: team } = await makeTeam(database, 'design', owner, { discourseTag: 'design' }));
  await database.widget.create({ data: { hubId: team, kind: 'discussion', column: 'right', place: 0 } });
  for (const id of [hub.id, team]) await database.$transaction((tx) => refreshInterests(tx, id));
});

const check = (...args: string[]) =>
  callHubs(['db', 'check', ...args], { DATABASE_URL: url, REDIS_URL: 'redis://127.0.0.1:1' });

const fine = { code: 0, out: 'The database keeps all its promises.\n', err: '' };

test('a database that only Hubs wrote keeps all its promises', async () => {
  expect(await check()).toEqual(fine);
  expect((await check('--json')).out).toBe('{"repaired":[],"broken":[]}\n');
  expect((await check('--quiet')).out).toBe('');
});

test.each([
  [
    'a constraint that is gone, and the two widgets in one place that it would have refused',
    `ALTER TABLE widget DROP CONSTRAINT widget_place_key;
     INSERT INTO widget (hub_id, kind, "column", place) SELECT id, 'rules', 'right', 0 FROM hub WHERE type = 'team'`,
    `DELETE FROM widget WHERE kind = 'rules' AND "column" = 'right';
     ALTER TABLE widget ADD CONSTRAINT widget_place_key UNIQUE (hub_id, "column", place) DEFERRABLE INITIALLY DEFERRED`,
    [
      /^Broken: The constraint widget_place_key of widget is as the migrations made it\.\n {2}missing\n {2}Make it so again: UNIQUE/m,
      /^Broken: A widget has a place of its own\.\n {2}team\/design: widgets \d+, \d+\n/m,
    ],
  ],
  [
    'a column of another type',
    'ALTER TABLE person ALTER COLUMN full_name DROP NOT NULL',
    'ALTER TABLE person ALTER COLUMN full_name SET NOT NULL',
    [/^Broken: The column person\.full_name is as the migrations made it\.\n {2}is: text default/m],
  ],
  [
    'a trigger that was switched off, and the hub without owner that it would have refused',
    `ALTER TABLE role DISABLE TRIGGER hub_has_owner;
     UPDATE role SET name = 'member' WHERE hub_id = (SELECT id FROM hub WHERE type = 'team')`,
    `UPDATE role SET name = 'owner' WHERE hub_id = (SELECT id FROM hub WHERE type = 'team');
     ALTER TABLE role ENABLE TRIGGER hub_has_owner`,
    [
      /^Broken: The trigger hub_has_owner of role /m,
      /^Broken: Each hub has an owner, .*\n {2}team\/design\n {2}Archive it/m,
    ],
  ],
  [
    "a person's hub that nobody of that name owns",
    `UPDATE hub SET name = 'mara' WHERE type = 'user'`,
    `UPDATE hub SET name = 'mira' WHERE type = 'user'`,
    [
      /^Broken: A person's hub and stream belong to the person of that name\.\n {2}user\/mara\n/m,
      /^Broken: The interests are /m,
    ],
  ],
  [
    'roles of the accounts where no group is',
    `INSERT INTO role (hub_id, person_id, name, source) SELECT hub.id, person.id, 'member', 'accounts' FROM hub, person WHERE type = 'team'`,
    `DELETE FROM role WHERE source = 'accounts'`,
    [/^Broken: Roles of the accounts stand in hubs that are tied to a group\.\n {2}team\/design: mira\n/m],
  ],
])('it says of %s what is broken, where, and what to do', async (_, harm, mend, sentences) => {
  for (const statement of harm.split(';')) await pool.query(statement);
  const { code, out } = await check();
  for (const statement of mend.split(';')) await pool.query(statement);
  expect(code).toBe(1);
  for (const sentence of sentences) expect(out).toMatch(sentence);
  expect(out.match(/^Broken/gm)).toHaveLength(sentences.length);
  expect(await check()).toEqual(fine);
});

test('interests and value keys that are out of step are derived anew with --repair', async () => {
  await pool.query(
    `DELETE FROM interest WHERE widget_id IS NOT NULL; UPDATE widget SET value_key = 'discussion/v0/x' WHERE kind = 'discussion'`,
  );
  const { code, out } = await check();
  expect(code).toBe(1);
  expect(out).toContain(
    'Broken: The interests are those that configuration and widgets ask for.\n  team/design\n',
  );
  expect(out).toContain(
    'Broken: The keys of loaded values are those that the settings of widgets ask for.\n  team/design\n',
  );
  expect(await check('--repair')).toEqual({ ...fine, out: `Repaired team/design.\n${fine.out}` });
  expect(await check()).toEqual(fine);
});

test('where a migration waits it says so first, and leaves nothing of its own behind', async () => {
  const { rows: before } = await pool.query(
    'DELETE FROM _prisma_migrations WHERE migration_name = $1 RETURNING *',
    ['051_absence'],
  );
  expect(await check()).toEqual({
    code: 1,
    out: '',
    err: "The schema is not this version's (051_absence); see `hubs db status`.\n",
  });
  expect(before).toHaveLength(1);
  const { rows } = await pool.query(`SELECT FROM pg_namespace WHERE nspname = 'hubs_check'`);
  expect(rows).toEqual([]);
});
