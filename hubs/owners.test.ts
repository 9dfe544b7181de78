import { expect, test } from 'vitest';
import { openTestDatabase } from '../testing/stores.ts';
import { asking, openTeams } from '../testing/teams.ts';
import { archiveHub } from './archive-hub.ts';

const { pool, database } = await openTestDatabase();
const { newName, somebody, tied, makeTeam, heldBy, eventsOf } = openTeams({ pool, database });

test('the database refuses a hub without an owner, unless a group or the archive holds it', async () => {
  const viewer = await somebody();
  await expect(database.hub.create({ data: { type: 'team', name: newName('team') } })).rejects.toThrow(
    'no owner',
  );
  await database.hub.create({ data: { type: 'team', name: newName('team'), ...tied() } });
  const archived = await database.hub.create({
    data: { type: 'team', name: newName('team'), archivedAt: new Date() },
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
    data: { type: 'team', name: newName('team'), archivedAt: new Date() },
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
