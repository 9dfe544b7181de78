import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFeeds } from '../../feeds/open-feeds.ts';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { type Database, openDatabase, openPool, type Pool } from '../../prisma/client.ts';
import { createDatabase } from '../../testing/stores.ts';
import type { ReadContext } from '../kind.ts';
import { people } from './index.ts';
import { readPeople } from './read-people.ts';
import PeopleView from './view.tsx';

let pool: Pool;
let database: Database;
let context: ReadContext;
let hub: HubInfo;
const now = Date.now();
const ago = (minutes: number) => new Date(now - minutes * 60_000);
const DAY = 24 * 60;

beforeAll(async () => {
  const url = await createDatabase();
  pool = openPool(url);
  database = openDatabase(pool);
  const feeds = openFeeds({ FEEDS_URL: url, DATABASE_URL: url, DATABASE_DIRECT_URL: url }, pool);
  context = { database, feeds, viewer: null, now };
  hub = await database.hub.create({
    data: { type: 'team', name: 'crew', groupName: 'crew', createdAt: ago(400 * DAY) },
  });
  await join('olga', ['member', 'owner'], { since: ago(300 * DAY), activeMinutesAgo: 45 });
  await join('mio', ['member'], { since: ago(300 * DAY), activeMinutesAgo: 30 });
  await join('newt', ['member'], { since: ago(3 * DAY) });
  await join('shy', ['member'], { since: ago(300 * DAY), activeMinutesAgo: 1, visibility: 'private' });
  await join('fan', ['subscriber'], { since: ago(3 * DAY) });
});
afterAll(async () => {
  await database.$disconnect();
  await pool.end();
});

async function join(
  username: string,
  roles: ('member' | 'owner' | 'subscriber')[],
  given: { since: Date; activeMinutesAgo?: number; visibility?: 'private' },
) {
  const { since, activeMinutesAgo, visibility = 'public' } = given;
  const roleRows = roles.map((name) => ({ hubId: hub.id, name, source: 'accounts' as const, since }));
  await database.person.create({ data: { username, roles: { create: roleRows } } });
  if (activeMinutesAgo === undefined) return;
  await database.hub.create({
    data: {
      type: 'user',
      name: username,
      visibility,
      lastEntryAt: ago(activeMinutesAgo),
      roles: { create: { name: 'owner', source: 'hubs', person: { connect: { username } } } },
    },
  });
}

test('members and owners, who was active last first; nobody twice', async () => {
  const own = await readPeople(context, hub, { role: 'member', n: 6 });
  expect(own.people.map(({ username }) => username)).toEqual(['mio', 'olga', 'newt', 'shy']);
  expect(own).toMatchObject({ members: 4, owners: 1, total: 4 });
  expect(own.people.find(({ username }) => username === 'olga')).toMatchObject({ owner: true, isNew: false });
});

test('who came lately to a hub that was there before is new', async () => {
  const own = await readPeople(context, hub, { role: 'member', n: 6 });
  expect(own.people.filter(({ isNew }) => isNew).map(({ username }) => username)).toEqual(['newt']);
});

test('a private hub shows neither activity nor a link', async () => {
  const own = await readPeople(context, hub, { role: 'member', n: 6 });
  expect(own.people.find(({ username }) => username === 'shy')).toMatchObject({
    hasHub: false,
    lastEntryAt: null,
  });
});

test('another role, and no more than n', async () => {
  const subscribers = await readPeople(context, hub, { role: 'subscriber', n: 6 });
  expect(subscribers.people.map(({ username }) => username)).toEqual(['fan']);
  const one = await readPeople(context, hub, { role: 'member', n: 1 });
  expect(one.people).toHaveLength(1);
  expect(one.total).toBe(4);
});

test('each word of a search stands in the user name or the full name, as it is, whatever its case', async () => {
  const names = async (q: string, role: 'member' | 'owner' | 'subscriber' = 'member') => {
    const { people: found, total } = await readPeople(context, hub, { role, n: 6, q });
    expect(total).toBe(found.length);
    return found.map(({ username }) => username);
  };
  await database.person.update({ where: { username: 'newt' }, data: { fullName: 'Nora 100%_sure\\Weber' } });
  expect(await names('MIO')).toEqual(['mio']);
  expect(await names('  weber   nORA ')).toEqual(['newt']);
  expect(await names('newt nora')).toEqual(['newt']);
  expect(await names('nora olga')).toEqual([]);
  for (const sign of ['%', '_', '\\', '100%_']) expect(await names(sign)).toEqual(['newt']);
  expect(await names("o'; --")).toEqual([]);
  expect(await names('o', 'owner')).toEqual(['olga']);
  expect(await names('mio', 'subscriber')).toEqual([]);
});

test('the pages follow one another in the same order, and a search changes no count of roles', async () => {
  const page = (number: number, q = '') =>
    readPeople(context, hub, { role: 'member', n: 3, page: number, q });
  const [first, second, third] = await Promise.all([page(1), page(2), page(3)]);
  expect([first, second].flatMap(({ people: shown }) => shown.map(({ username }) => username))).toEqual([
    ...['mio', 'olga', 'newt', 'shy'],
  ]);
  expect(third).toMatchObject({ people: [], total: 4 });
  expect(await page(1, 'mio')).toMatchObject({ members: 4, owners: 1, subscribers: 1, total: 1 });
});

test('the view says who is who and when they were active', async () => {
  const own = await readPeople(context, hub, { role: 'member', n: 3 });
  const html = renderToStaticMarkup(
    <PeopleView
      own={own}
      hub={{ id: hub.id, type: 'team', name: 'crew' }}
      settings={{ role: 'member' }}
      loaded={null}
      now={now}
    />,
  );
  expect(html).toContain('href="/u/mio"');
  expect(html).toContain('30 min ago');
  expect(html).toContain('owner');
  expect(html).toContain('4 members, 1 owner');
  expect(html).toMatch(/href="\/t\/crew\/people\?role=member"[^>]*>All (<!-- -->)?4(<!-- -->)? people/);
});

test('settings have defaults and limits', () => {
  expect(people.settings.parse({})).toEqual({ role: 'member', n: 6 });
  expect(people.settings.safeParse({ n: 0 }).success).toBe(false);
});
