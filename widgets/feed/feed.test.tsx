import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describe as tell } from '../../activity/describe.ts';
import type { Message } from '../../bus/message.ts';
import type { FeedStore } from '../../feeds/feed-store.ts';
import { groupEntries } from '../../feeds/group-entries.ts';
import { makeEntry } from '../../feeds/make-entry.ts';
import { openFeeds } from '../../feeds/open-feeds.ts';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { type Database, openDatabase, openPool, type Pool } from '../../prisma/client.ts';
import { createDatabase } from '../../testing/stores.ts';
import { feed } from './index.ts';
import { toItems } from './items.ts';
import type { FeedOwn } from './read-own.ts';
import FeedView from './view.tsx';

let pool: Pool;
let database: Database;
let feeds: FeedStore;
let hub: HubInfo;
const now = Date.UTC(2026, 10, 23, 12, 0);

const ownedBy = (username: string) => ({
  create: { name: 'owner' as const, source: 'hubs' as const, person: { create: { username } } },
});

beforeAll(async () => {
  const url = await createDatabase();
  pool = openPool(url);
  database = openDatabase(pool);
  feeds = openFeeds({ FEEDS_URL: url, DATABASE_URL: url, DATABASE_DIRECT_URL: url }, pool);
  hub = await database.hub.create({ data: { type: 'team', name: 'feedteam', groupName: 'feedteam' } });
  await database.hub.create({ data: { type: 'user', name: 'Amara', roles: ownedBy('Amara') } });
  await database.hub.create({
    data: { type: 'user', name: 'hidden', visibility: 'private', roles: ownedBy('hidden') },
  });
});
afterAll(async () => {
  await database.$disconnect();
  await pool.end();
});

/** Of a service that no rule knows: its sentence is the generic one. */
const messageOf = (id: string): Message => ({
  id,
  topic: 'org.example.prod.nobodyknows.thing.done',
  environment: 'prod',
  category: 'nobodyknows',
  time: now - 120_000,
  severity: 'info',
  body: {},
});

async function hear(agent: string, id: string, body: object = {}): Promise<Message> {
  const message = { ...messageOf(id), body: { agent, secret: 'only for the log', ...body } };
  await feeds.add([makeEntry(message, tell(message), { hub: hub.id, why: 'package:x' })]);
  return message;
}

const read = async (n: number): Promise<FeedOwn> => {
  const own = await feed.read?.({ database, feeds, viewer: null, now }, hub, feed.settings.parse({ n }));
  if (!own) throw new Error('the feed has nothing to read');
  return own;
};
const show = (own: FeedOwn) =>
  renderToStaticMarkup(
    <FeedView
      own={own}
      hub={{ id: hub.id, type: 'team', name: 'feedteam' }}
      settings={{}}
      loaded={null}
      now={now}
    />,
  );

test('an empty feed says what will appear', async () => {
  expect(
    show({
      items: [],
      filter: null,
      more: false,
      archive: null,
      hidden: { count: 0, last: null },
      away: null,
    }),
  ).toContain('Nothing yet: what the people and projects of this team do');
});

test('entries are put in words; people who have a hub are linked to it, whatever the case of their name', async () => {
  await hear('amara', 'by-amara');
  const html = show(await read(20));
  expect(html).toContain('data-entry="by-amara"');
  expect(html).toContain('href="/u/Amara"');
  expect(html).toContain('2 min ago');
  expect(html).toContain('Today');
});

test('people without a hub, or with one that is hidden from the reader, are named without a link', async () => {
  await hear('nobody', 'by-nobody');
  await hear('hidden', 'by-hidden');
  const html = show(await read(20));
  expect(html).toContain('nobody</strong>');
  expect(html).toContain('hidden</strong>');
  expect(html).not.toContain('href="/u/hidden"');
});

test('the message itself does not leave the server', async () => {
  await hear('amara', 'with-a-secret');
  expect(JSON.stringify(await read(20))).not.toContain('only for the log');
});

test('no more entries than the settings say', async () => {
  await hear('amara', 'one-more');
  expect((await read(2)).items).toHaveLength(2);
});

test('what stands together speaks to its reader, whatever the case of their name', async () => {
  const pushed = (id: string, username: string) => {
    const commit = { username, repo: 'lamp', namespace: 'rpms', branch: 'rawhide', summary: id, rev: id };
    const message = { ...messageOf(id), topic: 'org.fedoraproject.prod.git.receive', body: { commit } };
    const activity = tell(message);
    return { id, time: now, kind: activity.kind, service: 'git', message, activity, sources: [] };
  };
  const sentence = async (agent: string) => {
    const commits = [pushed('b', agent), pushed('a', agent)];
    const cut = { dayOf: () => 0, since: null, reader: 'amara' };
    const [item] = await toItems(database, groupEntries(commits, cut), { viewer: null, reader: 'amara' });
    return item?.parts.map(({ text }) => text).join('');
  };
  expect(await sentence('Amara')).toBe('You pushed 2 commits to rpms/lamp (rawhide)');
  expect(await sentence('bo')).toBe('bo pushed 2 commits to rpms/lamp (rawhide)');
});

test('settings have defaults and limits', () => {
  expect(feed.settings.parse({})).toMatchObject({ n: 20 });
  expect(feed.settings.safeParse({ n: 101 }).success).toBe(false);
});
