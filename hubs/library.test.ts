import { afterAll, expect, test } from 'vitest';
import { openDatabase, openPool } from '../prisma/client.ts';
import { giveRole, makePerson, makeTeam, viewerOf } from '../testing/people.ts';
import { createDatabase } from '../testing/stores.ts';
import { HubError } from './hub-error.ts';
import { addLink, editLink, moveLink, removeLink } from './library.ts';

const pool = openPool(await createDatabase());
const database = openDatabase(pool);
afterAll(() => pool.end());

const { person: olga } = await makePerson(database, 'olga');
const { person: mio } = await makePerson(database, 'mio');
const { person: guest } = await makePerson(database, 'guest');
let teams = 0;

async function setUp(data: Parameters<typeof makeTeam>[3] = {}) {
  teams += 1;
  const hub = await makeTeam(database, `team-${teams}`, olga.id, data);
  await giveRole(database, hub.id, mio.id, 'member');
  const asking = async (id: number) => ({
    viewer: await viewerOf(database, id),
    hubId: hub.id,
    baseUrl: 'https://hubs.example.org',
  });
  const owner = await asking(olga.id);
  return { hub, owner, member: await asking(mio.id), visitor: await asking(guest.id) };
}
const link = (name: string) => ({ url: `https://example.org/${name}`, title: name, description: '' });
const linksOf = (hubId: number) =>
  database.libraryLink.findMany({ where: { hubId }, orderBy: { place: 'asc' } });
const titlesOf = async (hubId: number) => (await linksOf(hubId)).map(({ title }) => title);

async function refusal(doing: Promise<unknown>): Promise<HubError> {
  const error = await doing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof HubError)) throw new Error(`no HubError but ${error}`);
  return error;
}

test('a member adds links, the newest on top; the page is looked at by a job and the bus hears of it', async () => {
  const { hub, member } = await setUp();
  await addLink(database, member, link('a'));
  expect(await addLink(database, member, link('b'))).toBe('“b” is in the library.');
  expect(await titlesOf(hub.id)).toEqual(['b', 'a']);
  const [newest] = await linksOf(hub.id);
  expect(newest?.addedById).toBe(mio.id);
  const { rows } = await pool.query(
    `SELECT task_identifier, key FROM graphile_worker.jobs WHERE task_identifier <> 'tell-browsers' ORDER BY id DESC LIMIT 2`,
  );
  expect(rows).toEqual([
    { task_identifier: 'publish-event', key: null },
    { task_identifier: 'preview', key: `preview ${newest?.id}` },
  ]);
});

test('a link without a title is named by its address until its page was read', async () => {
  const { hub, member } = await setUp();
  await addLink(database, member, { url: 'https://www.example.org/guide/', title: '', description: '' });
  expect(await titlesOf(hub.id)).toEqual(['example.org/guide']);
});

test('one link stands once in a library; the field that is wrong is named', async () => {
  const { hub, owner, member } = await setUp();
  await addLink(database, member, link('a'));
  await addLink(database, member, link('b'));
  expect(await refusal(addLink(database, member, { ...link('a'), title: 'x' }))).toMatchObject({
    code: 'conflict',
    field: 'url',
    message: 'That link is in the library already: “a”.',
  });
  const [b] = await linksOf(hub.id);
  expect((await refusal(editLink(database, owner, b?.id ?? 0, link('a')))).field).toBe('url');
});

test('owners edit; another address is looked at anew, the same one keeps its picture', async () => {
  const { hub, owner, member } = await setUp();
  await addLink(database, member, link('a'));
  const [before] = await linksOf(hub.id);
  const id = before?.id ?? 0;
  await database.libraryLink.update({
    where: { id },
    data: { picture: 'data:image/png;base64,AA', deadSince: new Date() },
  });
  await editLink(database, owner, id, { ...link('a'), title: 'Better' });
  expect((await linksOf(hub.id))[0]).toMatchObject({ title: 'Better', picture: 'data:image/png;base64,AA' });
  await editLink(database, owner, id, link('moved'));
  expect((await linksOf(hub.id))[0]).toMatchObject({ title: 'moved', picture: null, deadSince: null });
});

test('owners order and remove; at the end nothing moves', async () => {
  const { hub, owner, member } = await setUp();
  for (const name of ['c', 'b', 'a']) await addLink(database, member, link(name));
  const idOf = async (title: string) => (await linksOf(hub.id)).find((one) => one.title === title)?.id ?? 0;
  await moveLink(database, owner, await idOf('c'), 'up');
  expect(await titlesOf(hub.id)).toEqual(['a', 'c', 'b']);
  expect(await moveLink(database, owner, await idOf('a'), 'up')).toBe('“a” is the first already.');
  await moveLink(database, owner, await idOf('a'), 'down');
  await removeLink(database, owner, await idOf('c'));
  expect(await titlesOf(hub.id)).toEqual(['a', 'b']);
});

test('a link goes behind another one, or first; behind one that is gone it stays', async () => {
  const { hub, owner, member } = await setUp();
  for (const name of ['d', 'c', 'b', 'a']) await addLink(database, member, link(name));
  const [a, , c, d] = await linksOf(hub.id);
  expect(await moveLink(database, owner, a?.id ?? 0, c?.id ?? 0)).toBe('“a” is below “c”.');
  expect(await titlesOf(hub.id)).toEqual(['b', 'c', 'a', 'd']);
  expect(await moveLink(database, owner, d?.id ?? 0, 0)).toBe('“d” is the first.');
  expect(await titlesOf(hub.id)).toEqual(['d', 'b', 'c', 'a']);
  await removeLink(database, owner, c?.id ?? 0);
  const gone = refusal(moveLink(database, owner, a?.id ?? 0, c?.id ?? 0));
  expect(await gone).toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('not in the list'),
  });
  expect(await titlesOf(hub.id)).toEqual(['d', 'b', 'a']);
});

test('two owners who order at once leave one order', async () => {
  const { hub, owner, member } = await setUp();
  for (const name of ['d', 'c', 'b', 'a']) await addLink(database, member, link(name));
  const [a, b] = await linksOf(hub.id);
  await Promise.all(
    [1, 2, 3].flatMap(() => [
      moveLink(database, owner, a?.id ?? 0, 'down'),
      moveLink(database, owner, b?.id ?? 0, 'down'),
    ]),
  );
  expect((await titlesOf(hub.id)).toSorted()).toEqual(['a', 'b', 'c', 'd']);
});

test('others may not, and of a private hub they are not told', async () => {
  const { hub, member, visitor } = await setUp();
  await addLink(database, member, link('a'));
  const [a] = await linksOf(hub.id);
  expect((await refusal(addLink(database, visitor, link('b')))).code).toBe('not_allowed');
  expect((await refusal(removeLink(database, member, a?.id ?? 0))).code).toBe('not_allowed');
  const secret = await setUp({ visibility: 'private' });
  expect((await refusal(addLink(database, secret.visitor, link('b')))).code).toBe('not_found');
});

test('a link of another hub is not reached through one’s own', async () => {
  const [mine, other] = [await setUp(), await setUp()];
  await addLink(database, other.member, link('a'));
  const [a] = await linksOf(other.hub.id);
  expect((await refusal(removeLink(database, mine.owner, a?.id ?? 0))).code).toBe('not_found');
  expect(await titlesOf(other.hub.id)).toEqual(['a']);
});

test('a library is full at 200 links, an archived hub’s stays as it is', async () => {
  const { hub, member } = await setUp();
  await database.libraryLink.createMany({
    data: Array.from({ length: 200 }, (_, place) => ({
      hubId: hub.id,
      place,
      url: `https://x/${place}`,
      title: 'x',
    })),
  });
  expect((await refusal(addLink(database, member, link('a')))).message).toContain('full');
  const archived = await setUp({ archivedAt: new Date() });
  expect((await refusal(addLink(database, archived.member, link('a')))).message).toContain('is archived');
});
