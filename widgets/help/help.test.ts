import { expect, test } from 'vitest';
import type { Viewer } from '../../hubs/viewer.ts';
import { giveRole, makePerson, makeTeam, viewerOf } from '../../testing/people.ts';
import { lookAt } from '../../testing/render-view.tsx';
import { openTestDatabase } from '../../testing/stores.ts';
import { help } from './index.ts';
import type { HelpOwn } from './read-help.ts';

const { database } = await openTestDatabase();

const now = Date.now();
const { person: olga } = await makePerson(database, 'olga');
const { person: guest } = await makePerson(database, 'guest');
const art = await makeTeam(database, 'art', olga.id, { chatUrl: 'https://chat.example.org/art' });
const docs = await makeTeam(database, 'docs', olga.id);
const secret = await makeTeam(database, 'secret', olga.id, { visibility: 'private' });
const ask = (hubId: number, title: string, daysAgo: number, data: object = {}) =>
  database.helpRequest.create({
    data: { hubId, title, askedById: olga.id, createdAt: new Date(now - daysAgo * 86_400_000), ...data },
  });
const taken = { state: 'taken' as const, takenById: guest.id, takenAt: new Date(now) };
const titles = ({ requests }: HelpOwn) => requests.map(({ title }) => title);

test('without requests it hides from visitors, and tells members what asking brings', async () => {
  expect(await lookAt(help, { database, hub: docs })).toMatchObject({
    empty: true,
    text: 'Nothing is asked for right now.',
  });
  const { text } = await lookAt(help, { database, hub: docs, viewer: await viewerOf(database, olga.id) });
  expect(text).toContain('people who look for something to do find it');
});

test('what nobody took for 7 days is on top, then the newest, then what is taken; done is gone', async () => {
  await ask(art.id, 'new', 0);
  await ask(art.id, 'six days', 6.9);
  await ask(art.id, 'forgotten', 8);
  await ask(art.id, 'taken', 20, taken);
  await ask(art.id, 'done', 1, { ...taken, state: 'done', doneAt: new Date(now) });
  const { own, text } = await lookAt(help, { database, hub: art, now });
  expect(titles(own)).toEqual(['forgotten', 'new', 'six days', 'taken']);
  expect(text).toContain('nobody took it yet');
  expect(text).toContain('guest does it');
});

test('a visitor may press "I’ll take it"; who asked and owners may say that it is done', async () => {
  const visitor = await lookAt(help, { database, hub: art, now });
  expect(visitor.html).toContain('value="take"');
  expect(visitor.html).not.toContain('value="done"');
  expect(visitor.html).toContain('https://chat.example.org/art');
  const owner = await lookAt(help, { database, hub: art, now, viewer: await viewerOf(database, olga.id) });
  expect(owner.html).toContain('value="done"');
  const taker = await lookAt(help, { database, hub: art, now, viewer: await viewerOf(database, guest.id) });
  expect(taker.html.match(/value="release"/g)).toHaveLength(1);
});

test('in an archived team nothing can be pressed', async () => {
  const hub = { ...art, archivedAt: new Date() };
  await database.hub.update({ where: { id: art.id }, data: { archivedAt: hub.archivedAt } });
  expect(
    (await lookAt(help, { database, hub, viewer: await viewerOf(database, olga.id) })).html,
  ).not.toContain('<form');
  await database.hub.update({ where: { id: art.id }, data: { archivedAt: null } });
});

test('a stream shows the requests of its person’s teams, or of those they name; never of others', async () => {
  const stream = await database.hub.create({
    data: {
      type: 'stream',
      name: 'guest',
      visibility: 'private',
      roles: { create: { personId: guest.id, name: 'owner', source: 'hubs' } },
    },
  });
  await giveRole(database, art.id, guest.id, 'subscriber');
  await giveRole(database, docs.id, guest.id, 'member');
  await ask(docs.id, 'write docs', 1, { text: 'See **this**' });
  await ask(secret.id, 'secret work', 1);
  const viewer = await viewerOf(database, guest.id);
  const all = await lookAt(help, { database, hub: stream, viewer, now });
  expect(titles(all.own)).toEqual(['forgotten', 'new', 'write docs', 'six days', 'taken']);
  expect(all.html).toContain('href="/t/docs"');
  expect(all.html).toContain('<strong>this</strong>');
  const named = await lookAt(help, {
    database,
    hub: stream,
    viewer,
    now,
    settings: { teams: 'Docs, secret' },
  });
  expect(titles(named.own)).toEqual(['write docs']);
});

test('who follows a team that is private now does not read its requests', async () => {
  await giveRole(database, secret.id, guest.id, 'subscriber');
  const stream = await database.hub.findUniqueOrThrow({
    where: { type_name: { type: 'stream', name: 'guest' } },
  });
  const { own } = await lookAt(help, {
    database,
    hub: stream,
    viewer: await viewerOf(database, guest.id),
    now,
  });
  expect(titles(own)).not.toContain('secret work');
});

test('a person’s hub shows those of the teams they belong to, and to themselves alone those of teams they follow', async () => {
  const hub = await database.hub.findUniqueOrThrow({
    where: { type_name: { type: 'user', name: 'guest' } },
  });
  const look = async (viewer: Viewer | null) =>
    titles((await lookAt(help, { database, hub, viewer, now })).own);
  expect(await look(null)).toEqual(['write docs']);
  const { id } = await ask(hub.id, 'my own', 0.5);
  expect(await look(null)).toEqual(['my own', 'write docs']);
  const own = await look(await viewerOf(database, guest.id));
  expect(own).toEqual(['forgotten', 'new', 'my own', 'write docs', 'six days', 'taken']);
  await database.helpRequest.delete({ where: { id } });
});

test('requests that a team shows to members only are not for its subscribers, but for one they took before', async () => {
  const stream = await database.hub.findUniqueOrThrow({
    where: { type_name: { type: 'stream', name: 'guest' } },
  });
  const look = async () =>
    lookAt(help, { database, hub: stream, viewer: await viewerOf(database, guest.id), now });
  await database.widget.create({
    data: { hubId: art.id, kind: 'help', column: 'left', place: 0, restricted: true },
  });
  expect(titles((await look()).own)).toEqual(['write docs', 'taken']);
  await giveRole(database, art.id, guest.id, 'member');
  expect(titles((await look()).own)).toContain('forgotten');
});
