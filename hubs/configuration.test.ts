import { expect, test } from 'vitest';
import { openTestDatabase } from '../testing/stores.ts';
import { archiveHub, deleteHub } from './archive-hub.ts';
import { changeConfiguration, configurationTabs } from './configuration.ts';
import { erasePerson } from './erase-person.ts';
import { exportPerson } from './export-data.ts';
import { HubError } from './hub-error.ts';
import type { Viewer } from './viewer.ts';

const { pool, database } = await openTestDatabase();

const baseUrl = 'https://hubs.example.org';
let number = 0;

async function makePerson(): Promise<Viewer> {
  const person = await database.person.create({ data: { username: `person${++number}` } });
  return { person, siteAdmin: false, session: 1, roles: new Map() };
}
async function makeTeam(owner: Viewer, data: object = {}) {
  const roles = { create: { personId: owner.person.id, name: 'owner', source: 'hubs' } } as const;
  return database.hub.create({ data: { type: 'team', name: `team${++number}`, roles, ...data } });
}
const change = (viewer: Viewer, hubId: number, values: Parameters<typeof changeConfiguration>[2]) =>
  database.$transaction((tx) => changeConfiguration(tx, { viewer, hubId, baseUrl }, values));
const refusal = async (asked: Promise<unknown>): Promise<HubError> => {
  const error = await asked.then(() => null).catch((reason: unknown) => reason);
  if (error instanceof HubError) return error;
  throw new Error(`not refused: ${error}`);
};
const promised = async (topic: string) =>
  (await pool.query(`SELECT payload FROM graphile_worker._private_jobs`)).rows
    .map((row) => row.payload)
    .filter((payload) => payload.topic === topic);

test('what changed is saved, counted and said once; what is the same changes nothing', async () => {
  const owner = await makePerson();
  const hub = await makeTeam(owner);
  expect(await change(owner, hub.id, { version: 1, mailingList: 'design@lists.example.org' })).toEqual([
    'mailingList',
  ]);
  expect(await change(owner, hub.id, { version: 1, mailingList: 'design@lists.example.org' })).toEqual([]);
  expect(await database.hub.findUnique({ where: { id: hub.id } })).toMatchObject({ version: 2 });
  const events = (await promised('hubs.hub.updated')).filter(({ body }) => body.hub_id === hub.id);
  expect(events.map(({ body }) => body.changed_keys)).toEqual([['mailingList']]);
});

test('the second of two owners is told, and their words are not saved over the first one’s', async () => {
  const [first, second] = [await makePerson(), await makePerson()];
  const hub = await makeTeam(first);
  await database.role.create({
    data: { hubId: hub.id, personId: second.person.id, name: 'owner', source: 'hubs' },
  });
  await change(first, hub.id, { version: 1, calendar: 'ours', meetingName: null });
  const error = await refusal(change(second, hub.id, { version: 1, calendar: 'theirs', meetingName: null }));
  expect(error.code).toBe('conflict');
  expect(await database.hub.findUnique({ where: { id: hub.id } })).toMatchObject({ calendar: 'ours' });
});

test('only owners change it; a private hub does not exist for others; an archived one rests until it is woken', async () => {
  const [owner, stranger] = [await makePerson(), await makePerson()];
  const [open, hidden] = [await makeTeam(owner), await makeTeam(owner, { visibility: 'private' })];
  const values = { version: 1, mailingList: 'a@b.example' };
  expect((await refusal(change(stranger, open.id, values))).code).toBe('not_allowed');
  expect((await refusal(change(stranger, hidden.id, values))).code).toBe('not_found');
  await database.$transaction((tx) => archiveHub(tx, { viewer: owner, hubId: open.id, baseUrl }, true));
  expect((await refusal(change(owner, open.id, { ...values, version: 2 }))).message).toContain('archived');
  await database.$transaction((tx) => archiveHub(tx, { viewer: owner, hubId: open.id, baseUrl }, false));
  expect(await change(owner, open.id, { ...values, version: 3 })).toEqual(['mailingList']);
});

test('a hub that becomes a preview shows nothing by itself but its welcome', async () => {
  const owner = await makePerson();
  const widgets = {
    create: ['sticky', 'rules'].map((kind, place) => ({ kind, place, column: 'left' as const })),
  };
  const hub = await makeTeam(owner, { widgets });
  const general = configurationTabs.general.parse({
    version: 1,
    summary: '',
    description: '',
    avatarUrl: '',
    colour: '',
    visibility: 'preview',
    leftWidth: 8,
    alertText: '',
    alertColour: 'blue',
  });
  await change(owner, hub.id, general);
  const shown = await database.widget.findMany({ where: { hubId: hub.id, restricted: false } });
  expect(shown.map(({ kind }) => kind)).toEqual(['sticky']);
});

test.each([
  ['general', { colour: 'blue' }, 'colour', '# and six digits'],
  ['general', { avatarUrl: 'javascript:alert(1)' }, 'avatarUrl', 'whole address'],
  ['general', { leftWidth: '12' }, 'leftWidth', 'at most 9'],
  ['general', { summary: 'x'.repeat(201) }, 'summary', 'at most 200'],
  ['list', { mailingList: 'not a list' }, 'mailingList', 'address like'],
  ['calendar', { calendar: 'file:///etc/passwd' }, 'calendar', 'iCal'],
  ['chat', { chatUrl: '#nowhere' }, 'chatUrl', 'Matrix room'],
  ['development', { packages: 'guake; DROP' }, 'packages', 'not a package'],
  ['development', { projects: 'alone' }, 'projects', 'namespace/project'],
] as const)('%s refuses %o at the field, with the remedy', (tab, given, field, words) => {
  const whole = {
    general: {
      version: 1,
      summary: '',
      description: '',
      avatarUrl: '',
      colour: '',
      visibility: 'public',
      leftWidth: 8,
      alertText: '',
      alertColour: 'blue',
    },
    list: { version: 1, mailingList: '' },
    calendar: { version: 1, calendar: '', meetingName: '' },
    chat: { version: 1, chatUrl: '' },
    development: { version: 1, projects: '', packages: '', discourseTag: '', membersActivity: 'auto' },
  }[tab];
  const { error } = configurationTabs[tab].safeParse({ ...whole, ...given });
  expect(error?.issues.map((issue) => [issue.path[0], issue.message.includes(words)])).toEqual([
    [field, true],
  ]);
});

test('lists are taken by line, comma or space, each once', () => {
  const { packages } = configurationTabs.development.parse({
    version: '1',
    projects: '',
    packages: 'guake, gimp\n guake',
    discourseTag: '',
    membersActivity: 'no',
  });
  expect(packages).toEqual(['guake', 'gimp']);
});

test('a Matrix room becomes an address that opens', () => {
  expect(configurationTabs.chat.parse({ version: 1, chatUrl: '#design:example.org' }).chatUrl).toBe(
    'https://matrix.to/#/#design:example.org',
  );
});

/** Hubs whose feeds a job is promised to clear. */
const feedsToClear = async (): Promise<number[]> => {
  const jobs = await database.$queryRaw<{ payload: { hub: number } }[]>`
    SELECT payload FROM graphile_worker._private_jobs jobs JOIN graphile_worker._private_tasks tasks ON tasks.id = task_id
    WHERE identifier = 'clear-feed'`;
  return jobs.map(({ payload }) => payload.hub);
};

test('a hub is deleted by its owner, by its name, with all that hangs on it', async () => {
  const owner = await makePerson();
  const hub = await makeTeam(owner, { widgets: { create: { kind: 'feed', place: 0, column: 'left' } } });
  const remove = (name: string) =>
    database.$transaction((tx) => deleteHub(tx, { viewer: owner, hubId: hub.id, baseUrl }, name));
  expect((await refusal(remove('wrong'))).field).toBe('name');
  await remove(hub.name);
  expect(await database.widget.count({ where: { hubId: hub.id } })).toBe(0);
  expect(await feedsToClear()).toContain(hub.id);
});

test('who erases themselves is gone; a team they alone owned is archived, one with another owner lives on', async () => {
  const [leaver, other] = [await makePerson(), await makePerson()];
  const user = await makeTeam(leaver, { type: 'user', name: leaver.person.username });
  const [alone, shared] = [await makeTeam(leaver), await makeTeam(leaver)];
  await database.role.create({
    data: { hubId: shared.id, personId: other.person.id, name: 'owner', source: 'hubs' },
  });
  await database.$transaction((tx) => erasePerson(tx, leaver, leaver.person.username));
  const cleared = await feedsToClear();
  expect([user, alone, shared].map(({ id }) => cleared.includes(id))).toEqual([true, false, false]);
  expect(await database.person.findUnique({ where: { id: leaver.person.id } })).toBeNull();
  expect((await database.hub.findUnique({ where: { id: alone.id } }))?.archivedAt).not.toBeNull();
  expect((await database.hub.findUnique({ where: { id: shared.id } }))?.archivedAt).toBeNull();
  expect(await database.hub.findUnique({ where: { id: user.id } })).toBeNull();
});

test('an export holds what is kept, and no secret', async () => {
  const viewer = await makePerson();
  await makeTeam(viewer);
  await database.session.create({
    data: { tokenHash: 'secret-hash', personId: viewer.person.id, issuer: 'x' },
  });
  const text = JSON.stringify(await exportPerson(database, viewer));
  expect(text).toContain(viewer.person.username);
  expect(text).not.toContain('secret-hash');
});
