import { expect, test } from 'vitest';
import type { Asking } from '../hubs/enter-hub.ts';
import type { HubError } from '../hubs/hub-error.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import { openTestDatabase } from '../testing/stores.ts';
import { followDefaults } from './follow-defaults.ts';
import { changeLayout, findLayoutEditors, readLayout, saveLayout, type WantedWidget } from './save-layout.ts';

const { pool, database } = await openTestDatabase();

let number = 0;
async function signUp(): Promise<Asking['viewer']> {
  const username = `person${++number}`;
  const { id } = await database.person.create({ data: { username } });
  return { person: { id, username, fullName: '' }, siteAdmin: false, session: 0, roles: new Map() };
}

/** A team with Activity on the left and People on the right, and two owners. */
async function makeTeam(data: Partial<Prisma.HubCreateInput> = {}) {
  const [amara, bo] = [await signUp(), await signUp()];
  const hub = await database.hub.create({
    data: {
      type: 'team',
      name: `team${++number}`,
      widgets: {
        create: [
          { kind: 'feed', column: 'left', place: 0, settings: { n: 30 } },
          { kind: 'people', column: 'right', place: 0 },
        ],
      },
      roles: {
        create: [amara, bo].map(({ person }) => ({ personId: person.id, name: 'owner', source: 'hubs' })),
      },
      ...data,
    },
    include: { widgets: true },
  });
  const [feed = 0, people = 0] = ['feed', 'people'].map(
    (kind) => hub.widgets.find((row) => row.kind === kind)?.id,
  );
  const asking = (viewer: Asking['viewer']) => ({
    viewer,
    hubId: hub.id,
    baseUrl: 'https://hubs.example.org',
  });
  return { hub, feed, people, amara: asking(amara), bo: asking(bo), asking };
}

const stands = (id: number, column: 'left' | 'right', more: Partial<WantedWidget> = {}): WantedWidget => ({
  id,
  kind: '',
  column,
  restricted: false,
  fields: null,
  ...more,
});
const fresh = (kind: string, column: 'left' | 'right', more: Partial<WantedWidget> = {}): WantedWidget => ({
  ...stands(0, column, more),
  id: null,
  kind,
});
const save = (asking: Asking, version: number, widgets: WantedWidget[]) =>
  saveLayout(database, asking, {}, { version, widgets });
const shown = async (hubId: number) =>
  (await database.widget.findMany({ where: { hubId }, orderBy: [{ column: 'asc' }, { place: 'asc' }] })).map(
    ({ column, place, kind, settings, restricted }) =>
      `${column} ${place} ${kind} ${JSON.stringify(settings)}${restricted ? ' restricted' : ''}`,
  );
const refusal = async (promise: Promise<unknown>) => {
  const error: HubError = await promise.then(
    () => Promise.reject(new Error('it was done')),
    (one) => one,
  );
  return { code: error.code, field: error.field, message: error.message };
};
async function takeEvents() {
  const { rows } = await pool.query(
    `DELETE FROM graphile_worker._private_jobs WHERE task_id = (SELECT id FROM graphile_worker._private_tasks WHERE identifier = 'publish-event')
     RETURNING id, payload`,
  );
  return rows.sort((a, b) => a.id - b.id).map(({ payload }) => payload);
}

test('one save moves, adds, removes and configures; events, interests and version follow with it', async () => {
  const { hub, feed, people, amara } = await makeTeam({ discourseTag: 'art' });
  await takeEvents();
  const version = await save(amara, 1, [
    fresh('about', 'left', { fields: { text: '*Hello*' } }),
    fresh('about', 'left', { restricted: true }),
    stands(people, 'left', { fields: { role: 'owner', n: '3' } }),
    stands(feed, 'right'),
  ]);
  expect(version).toBe(2);
  expect(await shown(hub.id)).toEqual([
    'left 0 about {"text":"*Hello*"}',
    'left 1 about {} restricted',
    'left 2 people {"n":3,"role":"owner"}',
    'right 0 feed {"n":30}',
  ]);
  expect(await database.hub.findUnique({ where: { id: hub.id } })).toMatchObject({
    layoutEdited: true,
    version: 2,
  });
  expect(await findLayoutEditors(database, hub.id, 1)).toEqual([amara.viewer.person.username]);
  expect((await takeEvents()).map(({ topic, body }) => [topic, body.changed_keys, body.widget_id])).toEqual([
    ['hubs.hub.updated', ['layout'], undefined],
    ['hubs.widget.updated', ['role', 'n'], people],
  ]);
  const interests = await database.interest.findMany({ where: { hubId: hub.id } });
  expect(interests.map(({ key }) => key).sort()).toEqual([`group:${hub.name}`, 'tag:art']);
});

test('saving what stands already changes nothing and tells nobody', async () => {
  const { hub, feed, people, amara } = await makeTeam();
  await takeEvents();
  expect(
    await save(amara, 1, [
      stands(feed, 'left', { fields: { n: '30', grouped: 'on' } }),
      stands(people, 'right'),
    ]),
  ).toBe(1);
  expect(await takeEvents()).toEqual([]);
  expect((await database.hub.findUnique({ where: { id: hub.id } }))?.layoutEdited).toBe(false);
});

test('of two who save at once one is told who was faster, and nothing of either is half done', async () => {
  const { hub, feed, people, amara, bo } = await makeTeam();
  const outcomes = await Promise.allSettled([
    save(amara, 1, [stands(people, 'left'), stands(feed, 'left')]),
    save(bo, 1, [stands(feed, 'right'), stands(people, 'right')]),
  ]);
  const lost = outcomes.findIndex((outcome) => outcome.status === 'rejected');
  expect(outcomes.filter((outcome) => outcome.status === 'rejected')).toHaveLength(1);
  const [winner, loser] = lost === 0 ? [bo, amara] : [amara, bo];
  const reason = (outcomes[lost] as PromiseRejectedResult).reason;
  expect(reason).toMatchObject({ code: 'conflict' });
  expect(reason.message).toContain(winner.viewer.person.username);
  expect((await shown(hub.id)).map((words) => words.split(' ')[0])).toEqual(
    lost === 0 ? ['right', 'right'] : ['left', 'left'],
  );
  // With what is new in hand, the second can save.
  const now = await readLayout(database, { id: hub.id, version: 2 });
  expect(now.widgets).toHaveLength(2);
  expect(await save(loser, 2, [stands(people, 'left'), stands(feed, 'right')])).toBe(3);
});

test('a change of other settings is no conflict of layouts', async () => {
  const { hub, feed, people, amara } = await makeTeam();
  await database.hub.update({ where: { id: hub.id }, data: { version: 5, summary: 'new' } });
  expect(await save(amara, 1, [stands(people, 'right'), stands(feed, 'right')])).toBe(6);
});

test('what can not stand is refused at its field, and nothing is saved', async () => {
  const { hub, feed, people, amara } = await makeTeam();
  const other = await makeTeam();
  const before = await shown(hub.id);
  const refused = (widgets: WantedWidget[]) => refusal(save(amara, 1, widgets));
  const both = [stands(feed, 'left'), stands(people, 'right')];

  expect(await refused([...both, fresh('nonsense', 'left')])).toMatchObject({
    code: 'invalid',
    field: 'widgets.2',
  });
  expect(await refused([...both, fresh('hubs', 'left')])).toMatchObject({
    field: 'widgets.2',
    message: expect.stringContaining('people’s pages'),
  });
  expect(await refused([...both, fresh('discussion', 'left')])).toMatchObject({
    field: 'widgets.2',
    message: expect.stringContaining('not set up'),
  });
  expect(await refused([...both, fresh('sample', 'left')])).toMatchObject({ field: 'widgets.2' });
  expect(await refused([stands(feed, 'left', { fields: { n: 'many' } })])).toMatchObject({
    field: 'widgets.0.n',
  });
  expect(await refused([stands(feed, 'left', { fields: { x: '1' } })])).toMatchObject({ field: 'widgets.0' });
  expect(await refused([stands(feed, 'left'), stands(feed, 'right')])).toMatchObject({ field: 'widgets.1' });
  expect(await refused([stands(other.feed, 'left')])).toMatchObject({ field: 'widgets.0' });
  expect(await refused(Array.from({ length: 61 }, () => fresh('about', 'left')))).toMatchObject({
    code: 'invalid',
  });
  expect(await refusal(save(amara, 9, both))).toMatchObject({ code: 'invalid', field: 'version' });
  expect(await shown(hub.id)).toEqual(before);
  expect(await shown(other.hub.id)).toEqual(before);
});

test('only owners may, judged by the roles of now', async () => {
  const { hub, feed, people, amara, asking } = await makeTeam();
  const widgets = [stands(people, 'right'), stands(feed, 'right')];
  const stranger = await signUp();
  expect(await refusal(save(asking(stranger), 1, widgets))).toMatchObject({ code: 'not_allowed' });
  await database.role.deleteMany({ where: { hubId: hub.id, personId: amara.viewer.person.id } });
  const stale = {
    ...amara,
    viewer: { ...amara.viewer, roles: new Map([[hub.id, new Set(['owner' as const])]]) },
  };
  expect(await refusal(save(stale, 1, widgets))).toMatchObject({ code: 'not_allowed' });
  await database.hub.update({ where: { id: hub.id }, data: { visibility: 'private' } });
  expect(await refusal(save(asking(stranger), 1, widgets))).toMatchObject({ code: 'not_found' });
});

test('steps of many at once all happen, each place is held by one', async () => {
  const { hub, amara, bo } = await makeTeam();
  await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      changeLayout(database, index % 2 ? amara : bo, {}, (layout) => [fresh('about', 'left'), ...layout]),
    ),
  );
  const rows = await database.widget.findMany({ where: { hubId: hub.id, column: 'left' } });
  expect(rows.map(({ place }) => place).sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('a hub nobody edited follows the defaults, with its settings; an edited one stays', async () => {
  const unedited = await makeTeam();
  const edited = await makeTeam({ layoutEdited: true });
  const before = await shown(edited.hub.id);
  await followDefaults(database);
  const now = await shown(unedited.hub.id);
  expect(now.map((words) => words.split(' ')[2])).toContain('rules');
  expect(now.find((words) => words.includes(' feed '))).toContain('{"n":30}');
  expect(await shown(edited.hub.id)).toEqual(before);
  expect(await findLayoutEditors(database, unedited.hub.id, 1)).toEqual([null]);
  expect(await followDefaults(database)).toBe(0);
});
