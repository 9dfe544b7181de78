import { beforeAll, expect, test } from 'vitest';
import { noteVisit } from '../../hubs/note-visit.ts';
import { readSide } from '../../hubs/side.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import type { Hub } from '../../prisma/generated/client.ts';
import type { RoleName } from '../../prisma/generated/enums.ts';
import { openTestDatabase } from '../../testing/stores.ts';
import { type Asked, readDirectory } from './read-directory.ts';

const { database } = await openTestDatabase();
let mira: Viewer;
const HOUR = 3_600_000;

/** A team that somebody else owns, in which Mira holds the role. */
async function makeTeam(name: string, given: Partial<Hub> = {}, role?: RoleName): Promise<Hub> {
  const hub = await database.hub.create({ data: { type: 'team', name, groupName: name, ...given } });
  if (role) {
    await database.role.create({
      data: { hubId: hub.id, personId: mira.person.id, name: role, source: 'hubs' },
    });
    mira = { ...mira, roles: new Map([...mira.roles, [hub.id, new Set([role])]]) };
  }
  return hub;
}

beforeAll(async () => {
  const person = await database.person.create({ data: { username: 'mira' } });
  mira = { person, siteAdmin: false, session: 1, roles: new Map() };
  const ago = (hours: number) => ({ lastEntryAt: new Date(Date.now() - hours * HOUR) });
  await makeTeam('docs', { summary: 'Guides and notes', ...ago(5) });
  const design = await makeTeam(
    'design',
    { description: 'We draw 100% of the pictures.', ...ago(9) },
    'subscriber',
  );
  await makeTeam('art', { summary: 'We paint', teamKind: 'regional', ...ago(50) }, 'member');
  await makeTeam('quiet', { visibility: 'preview', summary: 'Notes in private' });
  await makeTeam('secret', { visibility: 'private', summary: 'Notes nobody sees' });
  await makeTeam('cellar', { visibility: 'private', ...ago(1) }, 'member');
  await makeTeam('attic', { archivedAt: new Date(), summary: 'Old notes' }, 'stargazer');
  for (const hubId of [design.id, (await database.hub.findFirstOrThrow({ where: { name: 'quiet' } })).id]) {
    await database.helpRequest.create({ data: { hubId, title: 'Help', askedById: person.id } });
  }
});

const find = async (viewer: Viewer | null, asked: Partial<Asked> = {}) =>
  (await readDirectory(database, viewer, { q: '', kind: null, needsHelp: false, archived: false, ...asked }))
    .teams;
const names = async (viewer: Viewer | null, asked?: Partial<Asked>) =>
  (await find(viewer, asked)).map((team) => team.name).join(' ');

test('mine come first, then whoever moved last; archived and unknown ones are left out', async () => {
  expect(await names(mira)).toBe('cellar design art docs quiet');
  expect(await names(null)).toBe('docs design art quiet');
  expect(await names(null, { archived: true })).toBe('docs design art quiet attic');
});

test('every word must stand somewhere; what SQL takes for a pattern is a word as well', async () => {
  expect(await names(null, { q: 'notes' })).toBe('docs quiet');
  expect(await names(null, { q: 'NOTES  guides' })).toBe('docs');
  expect(await names(null, { q: '100%' })).toBe('design');
  expect(await names(null, { q: '%' })).toBe('design');
  expect(await names(null, { q: '_' })).toBe('');
  expect(await names(null, { q: "'; DROP TABLE hub; --" })).toBe('');
  expect(await names(null, { kind: 'regional' })).toBe('art');
});

test('who needs help is found where one may read it, and numbers are given there alone', async () => {
  expect(await names(null, { needsHelp: true })).toBe('design');
  expect(await names({ ...mira, siteAdmin: true }, { needsHelp: true })).toBe('design quiet');
  const byName = new Map((await find(null)).map((team) => [team.name, team.numbers]));
  expect(byName.get('design')).toEqual({ members: 0, month: 0, help: 1 });
  expect(byName.get('art')).toEqual({ members: 1, month: 0, help: 0 });
  expect(byName.get('quiet')).toBeNull();
});

test('a site admin finds private teams, too', async () => {
  expect(await names({ ...mira, roles: new Map(), siteAdmin: true }, { q: 'secret' })).toBe('secret');
  expect(await names(mira, { q: 'secret' })).toBe('');
});

test('the side has what one stars, follows or belongs to, most visited first, with what is new since', async () => {
  const id = async (name: string) => (await database.hub.findFirstOrThrow({ where: { name } })).id;
  await noteVisit(database, mira.person.id, await id('art'), Date.now() - HOUR);
  await noteVisit(database, mira.person.id, await id('art'));
  await noteVisit(database, mira.person.id, await id('design'), Date.now() - 20 * HOUR);
  const { stream, hubs } = await readSide(database, mira);
  expect(stream).toBeNull();
  expect(hubs.map((hub) => `${hub.name}${hub.isNew ? ' new' : ''}`)).toEqual(['art', 'design new', 'cellar']);
});
