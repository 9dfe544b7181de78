import { expect, test } from 'vitest';
import { describe } from '../../activity/describe.ts';
import type { Message } from '../../bus/message.ts';
import { readTopic } from '../../bus/topic.ts';
import { makeEntry } from '../../feeds/make-entry.ts';
import { openFeeds } from '../../feeds/open-feeds.ts';
import { createPerson } from '../../hubs/create-person.ts';
import { hide } from '../../hubs/hidden.ts';
import { noteVisit } from '../../hubs/note-visit.ts';
import { giveRole, makePerson, makeTeam, viewerOf } from '../../testing/people.ts';
import { openTestDatabase } from '../../testing/stores.ts';
import { feed } from './index.ts';
import { readOwn } from './read-own.ts';

const { url, pool, database } = await openTestDatabase();
const feeds = openFeeds({ FEEDS_URL: url, DATABASE_URL: url, DATABASE_DIRECT_URL: url }, pool);

const HOUR = 3_600_000;
const now = Date.now();
const olga = (await makePerson(database, 'olga')).person;
let number = 0;

/** Somebody who follows a team, with `count` tickets that were assigned to them there, one an hour. */
async function makeReader(count: number) {
  const username = `Reader${++number}`;
  await database.$transaction((tx) => createPerson(tx, { username, fullName: null }));
  const { id } = await database.person.findUniqueOrThrow({ where: { username } });
  const stream = await database.hub.findUniqueOrThrow({
    where: { type_name: { type: 'stream', name: username } },
  });
  const team = await makeTeam(database, `team${number}`, olga.id);
  await giveRole(database, team.id, id, 'subscriber');
  const topic = 'io.pagure.prod.pagure.issue.assigned.added';
  const messages = Array.from({ length: count }, (_, n): Message => {
    const issue = { id: n + 1, title: 'Dig', status: 'Open', assignee: { name: username.toLowerCase() } };
    const body = { agent: 'amara', project: { name: 'tracker' }, issue };
    const time = now - (n + 1) * HOUR;
    return { ...readTopic(topic), id: `${username}-${n + 1}`, topic, time, severity: 'info', body };
  });
  const entries = messages.flatMap((one) => [
    makeEntry(one, describe(one), { hub: team.id, why: 'project:tracker' }),
    makeEntry(one, describe(one), { hub: stream.id, why: `concerns:${username}` }),
  ]);
  await feeds.add(entries);
  const viewer = await viewerOf(database, id);
  const read = (hub = stream, filter = {}, at = now) =>
    readOwn({ database, feeds, viewer, filter, now: at }, hub, { n: 20 });
  return { id, viewer, stream, team, read };
}

test('who did something and never signed in is linked to their page in the accounts system', async () => {
  const { viewer, team } = await makeReader(1);
  const userUrl = 'https://accounts.example.org/user/{name}';
  const [item] = (await readOwn({ database, feeds, viewer, userUrl, now }, team, { n: 20 })).items;
  expect(item?.parts.find(({ text }) => text === 'amara')?.href).toBe(
    'https://accounts.example.org/user/amara',
  );
});

test('a stream speaks to its person, whatever the case of their name, and says where entries come from', async () => {
  const { read, team } = await makeReader(1);
  const [item] = (await read()).items;
  expect(item?.parts.map(({ text }) => text).join('')).toBe('amara assigned ticket tracker#1 to you');
  expect(item?.tags).toEqual([{ hub: team.id, name: team.name, href: `/t/${team.name}` }]);
  expect(item).toMatchObject({ hub: team.id, saved: false });
  const [inTeam] = (await read(team)).items;
  expect(inTeam?.parts.map(({ text }) => text).join('')).toContain('to reader');
  expect(inTeam?.tags).toEqual([]);
});

test('it says when there is more, and shows all where that is asked for; what is found is shown at once', async () => {
  const { read, team } = await makeReader(25);
  for (const hub of [undefined, team]) {
    expect(await read(hub)).toMatchObject({ more: true, filter: null, items: { length: 20 } });
    expect(await read(hub, { all: true })).toMatchObject({ more: false, items: { length: 25 } });
    expect(await read(hub, { q: 'dig tracker' })).toMatchObject({ items: { length: 0 } });
    expect(await read(hub, { q: 'TRACKER#2' })).toMatchObject({
      filter: { q: 'TRACKER#2' },
      items: { length: 7 },
    });
  }
});

test('all that is kept leads on to the archive, nothing less does', async () => {
  const { viewer, stream } = await makeReader(3);
  const archiveUrl = 'https://archive.example.org/raw';
  const read = async (n: number, filter = {}) =>
    (await readOwn({ database, feeds, viewer, archiveUrl, filter, now }, stream, { n, grouped: false }))
      .archive;
  expect(await read(3)).toBe(
    `${archiveUrl}?user=${stream.name}&end=${Math.floor((now - 3 * HOUR) / 1_000)}&delta=2592000`,
  );
  expect(await read(2)).toBeNull();
  expect(await read(2, { all: true })).toContain(stream.name);
  expect(await read(3, { q: 'tracker' })).toBeNull();
});

test('kinds that are left out are not in it, nor in what came while one was away', async () => {
  const { id, viewer, stream, team, read } = await makeReader(2);
  const [kind = ''] = (await read(team)).items.map((item) => item.kind);
  await noteVisit(database, id, stream.id, now - 25.5 * HOUR);
  const context = { database, feeds, viewer, now };
  const kindsHidden = `other.kind, ${kind}`;
  expect(await readOwn(context, team, { n: 20, kindsHidden })).toMatchObject({
    items: [],
    hidden: { count: 0 },
  });
  expect(await readOwn(context, stream, { n: 20, kindsHidden })).toMatchObject({ items: [], away: null });
  expect((await readOwn(context, stream, { n: 20, kindsHidden: 'pagure.issue' })).items).toHaveLength(2);
  for (const text of ['pagure', 'pagure.issue.new; x', 'a..b'])
    expect(feed.settings.safeParse({ kindsHidden: text }).success, text).toBe(false);
});

test('entries that belong together stand alone where that is wanted', async () => {
  const { viewer, team } = await makeReader(1);
  const push = { ...readTopic('io.pagure.prod.git.receive'), topic: 'io.pagure.prod.git.receive' };
  const messages = [1, 2].map(
    (n): Message => ({
      ...push,
      id: `push-${n}`,
      time: now - n * 1_000,
      severity: 'info',
      body: {
        commit: { username: 'amara', repo: 'guake', branch: 'rawhide', summary: `Step ${n}`, rev: `a${n}` },
      },
    }),
  );
  await feeds.add(
    messages.map((one) => makeEntry(one, describe(one), { hub: team.id, why: 'package:guake' })),
  );
  const count = async (grouped: boolean) =>
    (await readOwn({ database, feeds, viewer, now }, team, { n: 20, grouped })).items.length;
  expect([await count(true), await count(false)]).toEqual([2, 3]);
});

test('what was hidden just now can be undone, and is counted where it is hidden', async () => {
  const { viewer, team, read } = await makeReader(2);
  expect((await read()).hidden).toEqual({ count: 0, last: null });
  await hide(database, viewer, 'kind', 'git.receive');
  await hide(database, viewer, 'hub', String(team.id));
  const { hidden, items } = await read(undefined, {}, Date.now());
  expect(hidden).toEqual({
    count: 2,
    last: { id: expect.any(Number), what: 'hub', value: String(team.id) },
  });
  // It is still there for what it says of its person.
  expect(items.map(({ tags }) => tags)).toEqual([[], []]);
  expect((await read(team)).hidden).toMatchObject({ count: 1, last: { what: 'kind' } });
  expect((await read(undefined, {}, Date.now() + HOUR)).hidden).toEqual({ count: 2, last: null });
});

test('who was away is told what came meanwhile', async () => {
  const { id, stream, read } = await makeReader(30);
  expect((await read()).away).toBeNull();
  await noteVisit(database, id, stream.id, now - 25.5 * HOUR);
  const { away } = await read();
  expect(away).toMatchObject({ since: now - 25.5 * HOUR, older: 5, lines: { length: 20 } });
  expect(away?.lines[0]).toMatchObject({
    text: 'amara assigned ticket tracker#1 to you',
    href: `/stream/e/${away?.lines[0]?.id}`,
  });
  expect((await read(undefined, { q: 'x' })).away).toBeNull();
});
