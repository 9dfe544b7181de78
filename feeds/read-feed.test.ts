import { expect, test } from 'vitest';
import { describe as tell } from '../activity/describe.ts';
import type { Message } from '../bus/message.ts';
import { readTopic } from '../bus/topic.ts';
import { createPerson } from '../hubs/create-person.ts';
import type { HubInfo } from '../hubs/find-hub.ts';
import { interestOf } from '../hubs/hidden.ts';
import type { HiddenWhat } from '../prisma/generated/enums.ts';
import { giveRole, makeTeam, viewerOf } from '../testing/people.ts';
import { openTestDatabase } from '../testing/stores.ts';
import { makeEntry } from './make-entry.ts';
import { openFeeds } from './open-feeds.ts';
import { readFeed, readFeeds } from './read-feed.ts';

const { url, pool, database } = await openTestDatabase();
const feeds = openFeeds({ FEEDS_URL: url, DATABASE_URL: url, DATABASE_DIRECT_URL: url }, pool);

const start = Date.UTC(2026, 0, 1);
let number = 0;

async function makeReader(name = `reader${++number}`) {
  await database.$transaction((tx) => createPerson(tx, { username: name, fullName: null }));
  const { id } = await database.person.findUniqueOrThrow({ where: { username: name } });
  const [own, stream] = await Promise.all(
    (['user', 'stream'] as const).map((type) =>
      database.hub.findUniqueOrThrow({ where: { type_name: { type, name } } }),
    ),
  );
  if (!own || !stream) throw new Error('a person has both hubs');
  return { id, name, own, stream };
}
type Reader = Awaited<ReturnType<typeof makeReader>>;

/** A team that the reader neither owns nor belongs to. */
async function makeHub(data: Parameters<typeof makeTeam>[3] = {}): Promise<HubInfo> {
  const name = `team${++number}`;
  const owner = await database.person.create({ data: { username: `owner-of-${name}` } });
  return makeTeam(database, name, owner.id, data);
}

const message = (id: string, minute: number, kind = 'nobodyknows.thing.done', body: object = {}): Message => {
  const topic = `org.example.prod.${kind}`;
  return {
    ...readTopic(topic),
    id,
    topic,
    time: start + minute * 60_000,
    severity: 'info',
    body: { agent: 'amara', ...body },
  };
};
const put = (hub: HubInfo, why: string, ...messages: Message[]) =>
  feeds.add(messages.map((one) => makeEntry(one, tell(one), { hub: hub.id, why })));

const readAs = async (reader: Reader | null, hub: HubInfo, options?: Parameters<typeof readFeed>[2]) =>
  readFeed({ database, feeds, viewer: reader && (await viewerOf(database, reader.id)) }, hub, options);
const idsOf = (entries: { id: string }[] | null) => entries?.map(({ id }) => id);
const hide = (reader: Reader, what: HiddenWhat, value: string) =>
  database.hidden.create({ data: { personId: reader.id, what, value } });

test('a stream is its own entries with those of the hubs one belongs to or follows, newest first', async () => {
  const reader = await makeReader();
  const [belongs, follows, starred, other] = [
    await makeHub(),
    await makeHub(),
    await makeHub(),
    await makeHub(),
  ];
  await giveRole(database, belongs.id, reader.id, 'member');
  await giveRole(database, follows.id, reader.id, 'subscriber');
  await giveRole(database, starred.id, reader.id, 'stargazer');
  await put(reader.stream, `concerns:${reader.name}`, message('to me', 3));
  await put(reader.own, `user:${reader.name}`, message('by me', 1));
  await put(belongs, 'package:x', message('a member’s', 4));
  await put(follows, 'package:x', message('a follower’s', 2));
  await put(starred, 'package:x', message('only starred', 9));
  await put(other, 'package:x', message('none of mine', 9));
  expect(idsOf(await readAs(reader, reader.stream))).toEqual([
    'a member’s',
    'to me',
    'a follower’s',
    'by me',
  ]);
});

test('a message in several feeds stands there once, and says in which and why', async () => {
  const reader = await makeReader();
  const [one, two] = [await makeHub({ packages: ['guake'] }), await makeHub()];
  for (const { id } of [one, two]) await giveRole(database, id, reader.id, 'member');
  const shared = message('shared', 1);
  await put(one, 'package:guake', shared);
  await put(two, 'user:amara', shared);
  await put(reader.stream, `concerns:${reader.name}`, shared);
  const entries = await readAs(reader, reader.stream);
  expect(idsOf(entries)).toEqual(['shared']);
  expect(new Map(entries?.[0]?.sources.map(({ hub, keys }) => [hub.id, keys]))).toEqual(
    new Map([
      [one.id, ['package:guake']],
      [two.id, ['user:amara']],
      [reader.stream.id, [`concerns:${reader.name}`]],
    ]),
  );
});

test('of many entries in many feeds the newest 100 are read', async () => {
  const reader = await makeReader();
  const hubs = await Promise.all(Array.from({ length: 12 }, () => makeHub()));
  const all: string[] = [];
  for (const [index, hub] of hubs.entries()) {
    await giveRole(database, hub.id, reader.id, 'subscriber');
    // The first hub alone fills more than a page; the last is quiet for long.
    const messages = Array.from({ length: index === 0 ? 95 : 9 }, (_, n) =>
      message(`${index}-${n}`, 10_000 - n * 12 * (index === 11 ? 50 : 1) - index),
    );
    await put(hub, 'package:x', ...messages);
    all.push(...messages.toSorted((a, b) => b.time - a.time).map(({ id, time }) => `${time} ${id}`));
  }
  const newest = all
    .toSorted()
    .reverse()
    .slice(0, 100)
    .map((line) => line.split(' ')[1]);
  expect(idsOf(await readAs(reader, reader.stream))).toEqual(newest);
});

test('nobody but its person reads a stream, a site admin neither', async () => {
  const reader = await makeReader();
  const admin = await makeReader();
  const viewer = await viewerOf(database, admin.id, { siteAdmin: true });
  expect(await readFeed({ database, feeds, viewer }, reader.stream)).toBeNull();
  expect(await readAs(null, reader.stream)).toBeNull();
});

test('permission is asked when it is read: who left a private or preview hub reads nothing of it', async () => {
  const reader = await makeReader();
  const [hidden, preview] = [
    await makeHub({ visibility: 'private' }),
    await makeHub({ visibility: 'preview' }),
  ];
  for (const hub of [hidden, preview]) {
    await giveRole(database, hub.id, reader.id, 'member');
    await giveRole(database, hub.id, reader.id, 'subscriber');
    await put(hub, 'package:x', message(`of ${hub.visibility}`, 1));
  }
  expect(idsOf(await readAs(reader, reader.stream))).toHaveLength(2);
  await database.role.deleteMany({ where: { personId: reader.id, name: 'member' } });
  expect(await readAs(reader, reader.stream)).toEqual([]);
  expect(await readAs(reader, preview)).toBeNull();
});

test('what is restricted is not read, even where it was written once', async () => {
  const hub = await makeHub();
  await put(hub, 'package:x', message('secret', 1, 'nobodyknows.done', { repository: { private: true } }));
  expect(await readAs(null, hub)).toEqual([]);
});

test('what somebody does in a private hub stays there, also on their own hub', async () => {
  const [amara, reader] = [await makeReader(), await makeReader()];
  const secret = await makeHub({ visibility: 'private' });
  await giveRole(database, secret.id, amara.id, 'member');
  const event = message('event', 1, 'hubs.user.role.added', {
    agent: amara.name,
    username: amara.name,
    role: 'member',
    hub_type: 'team',
    hub_name: secret.name.toUpperCase(),
  });
  await put(amara.own, `user:${amara.name}`, event, message('public', 2));
  expect(idsOf(await readAs(reader, amara.own))).toEqual(['public']);
  expect(idsOf(await readAs(null, amara.own))).toEqual(['public']);
  expect(idsOf(await readAs(amara, amara.own))).toEqual(['public', 'event']);
});

test('hidden entries and kinds are read nowhere, hidden hubs not in the stream; and by nobody else', async () => {
  const [reader, neighbour] = [await makeReader(), await makeReader()];
  const [one, two] = [await makeHub(), await makeHub()];
  for (const { id } of [one, two]) {
    await giveRole(database, id, reader.id, 'member');
    await giveRole(database, id, neighbour.id, 'member');
  }
  await put(
    one,
    'package:x',
    message('entry', 1),
    message('kind', 2, 'nobodyknows.other'),
    message('rest', 3),
  );
  await put(two, 'package:x', message('hub', 4), message('kind too', 5, 'nobodyknows.other'));
  await hide(reader, 'entry', 'entry');
  await hide(reader, 'kind', 'nobodyknows.other');
  await hide(reader, 'hub', String(two.id));
  expect(idsOf(await readAs(reader, reader.stream))).toEqual(['rest']);
  expect(idsOf(await readAs(reader, one))).toEqual(['rest']);
  expect(idsOf(await readAs(reader, two))).toEqual(['hub']);
  expect(idsOf(await readAs(neighbour, neighbour.stream))).toHaveLength(5);
});

test('an interest that is switched off stops exactly what nothing else brings', async () => {
  const reader = await makeReader();
  const hub = await makeHub({ packages: ['guake'], projects: ['garden/tracker'] });
  await giveRole(database, hub.id, reader.id, 'member');
  const issue = (id: string, minute: number, name: string) =>
    message(id, minute, 'pagure.issue.new', {
      project: { name, namespace: 'rpms', fullname: `rpms/${name}` },
      issue: { id: 1, title: 'Help' },
    });
  await put(hub, 'package:guake', issue('guake', 1, 'guake'));
  await put(hub, 'project:garden/tracker', message('tracker', 2));
  await put(hub, 'package:other', issue('other', 3, 'other'));
  // Written for one interest, it meets another one now, too.
  await put(hub, 'group:x', issue('both', 4, 'guake'));
  await hide(reader, 'interest', interestOf(hub.id, 'package:guake'));
  expect(idsOf(await readAs(reader, reader.stream))).toEqual(['both', 'other', 'tracker']);
  expect(idsOf(await readAs(reader, hub))).toHaveLength(4);
});

test('what is hidden makes room: the newest 100 of the rest are read', async () => {
  const reader = await makeReader();
  const [loud, quiet] = [await makeHub(), await makeHub()];
  for (const { id } of [loud, quiet]) await giveRole(database, id, reader.id, 'member');
  const series = (name: string, from: number) =>
    Array.from({ length: 100 }, (_, n) => message(`${name}${n}`, from + n));
  await put(loud, 'package:x', ...series('loud', 1_000));
  await put(quiet, 'package:x', ...series('quiet', 0));
  await hide(reader, 'interest', interestOf(loud.id, 'package:x'));
  expect(idsOf(await readAs(reader, reader.stream))).toEqual(
    series('quiet', 0)
      .map(({ id }) => id)
      .reverse(),
  );
});

test('a search finds words of sentence and body, in any order and case; service and kind restrict it', async () => {
  const hub = await makeHub();
  const issue = (id: string, minute: number, kind: string, title: string, content: string) =>
    message(id, minute, `pagure.${kind}`, {
      project: { name: 'tracker', namespace: 'garden', fullname: 'garden/tracker' },
      issue: { id: 7, title, content, user: { name: 'amara' } },
    });
  await put(
    hub,
    'project:garden/tracker',
    issue('roses', 1, 'issue.new', 'Water the roses', 'Every morning, please'),
    issue('tulips', 2, 'issue.new', 'Plant tulips', 'Not roses'),
    issue('dropped', 3, 'issue.drop', 'Water nothing', ''),
    message('elsewhere', 4, 'nobodyknows.roses'),
  );
  const find = async (options: object) => idsOf(await readAs(null, hub, options));
  expect(await find({ q: 'ROSES water' })).toEqual(['roses']);
  expect(await find({ q: 'morning' })).toEqual(['roses']);
  expect(await find({ q: 'roses' })).toEqual(['elsewhere', 'tulips', 'roses']);
  expect(await find({ q: 'roses', service: 'pagure' })).toEqual(['tulips', 'roses']);
  expect(await find({ service: 'pagure', limit: 1 })).toEqual(['dropped']);
  expect(await find({ kind: 'pagure.issue' })).toEqual(['dropped', 'tulips', 'roses']);
  expect(await find({ kind: 'pagure.issue.n' })).toEqual([]);
  expect(await find({ q: 'nowhere' })).toEqual([]);
});

test('several hubs are read as one feed, without those that the viewer may not read', async () => {
  const [open, closed] = [await makeHub(), await makeHub({ visibility: 'preview' })];
  await put(open, 'package:x', message('open', 1), message('twice', 2));
  await put(closed, 'package:x', message('closed', 3), message('twice', 2));
  const entries = await readFeeds({ database, feeds, viewer: null }, [open, closed], { limit: 5 });
  expect(idsOf(entries)).toEqual(['twice', 'open']);
});
