import { beforeAll, expect, test } from 'vitest';
import { makePerson, makeTeam } from '../testing/people.ts';
import { callHubs } from '../testing/run-hubs.ts';
import { openTestDatabase } from '../testing/stores.ts';

const { url, pool, database } = await openTestDatabase();
beforeAll(async () => {
  const { person } = await makePerson(database, 'Mira');
  await makeTeam(database, 'Design', person.id, { summary: 'Pictures', lastEntryAt: new Date() });
  await makeTeam(database, 'docs', person.id);
  await makeTeam(database, 'Mira', person.id);
});

const hub = (...args: string[]) =>
  callHubs(['hub', ...args], { DATABASE_URL: url, REDIS_URL: 'redis://127.0.0.1:1' });

test('the list begins with the hub that was active last, and is narrowed by type', async () => {
  const { out } = await hub('list');
  const [head, first, ...rest] = out.trimEnd().split('\n');
  expect(head).toMatch(/^ID +HUB +VISIBILITY +MEMBERS +OWNERS +LAST ENTRY$/);
  expect(first).toMatch(/^ *\d+ +team\/Design +public +0 +1 +just now$/);
  expect(rest).toHaveLength(3);
  const people = JSON.parse((await hub('list', '--type', 'user', '--json')).out);
  expect(people).toMatchObject([
    { type: 'user', name: 'Mira', owners: 1, lastEntryAt: null, archivedAt: null },
  ]);
  for (const type of ['group', 'constructor'])
    expect(await hub('list', '--type', type)).toEqual({
      code: 1,
      out: '',
      err: `There is no type of hub ${type}; there are user, team, stream.\n`,
    });
});

test('a hub is shown by its name in any case, by its address, and a name of two hubs asks which', async () => {
  const { out } = await hub('show', 'design');
  expect(out).toMatch(/^team\/Design \(Pictures\), id \d+, made just now\n {2}public\n/);
  expect(out).toContain('owners: Mira\n');
  const shown = JSON.parse((await hub('show', 'u/mira', '--json')).out);
  expect(shown).toMatchObject({ type: 'user', name: 'Mira', owners: ['Mira'] });
  expect(shown.widgets.map(({ kind }: { kind: string }) => kind)).toContain('contact');
  expect((await hub('show', 'mira')).err).toBe('There are user/Mira and team/Mira; name one.\n');
  expect(await hub('show', 'dsign')).toEqual({
    code: 1,
    out: '',
    err: 'There is no hub dsign; did you mean Design?\n',
  });
});

test('archiving by hand takes a team out of the list, tells the bus that nobody in Hubs did it, and can be undone', async () => {
  expect((await hub('archive', 't/docs')).out).toBe('docs is now archived.\n');
  expect((await hub('archive', 't/docs')).out).toBe('docs is already archived.\n');
  expect((await hub('list')).out).not.toContain('team/docs');
  expect((await hub('list', '--archived')).out).toContain('team/docs');
  const { rows } = await pool.query(
    `SELECT payload->'body' AS body FROM graphile_worker._private_jobs WHERE payload->>'topic' = 'hubs.hub.updated'`,
  );
  expect(rows).toEqual([
    { body: expect.objectContaining({ hub_name: 'docs', changed_keys: ['archived'], agent: null }) },
  ]);
  expect((await hub('archive', 'docs', '--wake', '--json')).out).toBe(
    '{"name":"docs","archived":false,"changed":true}\n',
  );
});

test('what is no team, and what would be awake without an owner, is refused', async () => {
  expect(await hub('archive', 'user/mira')).toMatchObject({
    code: 1,
    err: 'user/Mira is no team’s hub; only those can be archived.\n',
  });
  await database.hub.create({ data: { type: 'team', name: 'orphan', archivedAt: new Date() } });
  expect(await hub('archive', 'orphan', '--wake')).toMatchObject({
    code: 1,
    err: 'orphan has no owner; a site admin who wakes it on its page becomes its owner.\n',
  });
});
