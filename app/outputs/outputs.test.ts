import ical from 'node-ical';
import Parser from 'rss-parser';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { describe as tell } from '../../activity/describe.ts';
import type { Message } from '../../bus/message.ts';
import { makeEntry } from '../../feeds/make-entry.ts';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { endLink, makeLink } from '../../hubs/secret-links.ts';
import { cookieName, startSession } from '../../hubs/sessions.ts';
import { giveRole, makePerson, makeTeam, viewerOf } from '../../testing/people.ts';
import { createDatabase } from '../../testing/stores.ts';
import { openWebStores } from '../../testing/web-stores.ts';
import { writeCalendar } from '../../testing/write-calendar.ts';
import { readCalendar } from '../../upstreams/calendars/read-ical.ts';
import { refreshInterests } from '../../widgets/interests.ts';
import { writeValue } from '../../widgets/values.ts';
import { readBySecret, readOutput } from './output-route.ts';
import type { OutputName } from './outputs.ts';

const stores = openWebStores(await createDatabase());
const { database, feeds, settings, pool } = stores;
afterAll(() => pool.end());

const { person: owner, hub: ownHub } = await makePerson(database, 'mira');
const stream = await database.hub.create({
  data: {
    type: 'stream',
    name: 'mira',
    visibility: 'private',
    roles: { create: { personId: owner.id, name: 'owner', source: 'hubs' } },
  },
});
let count = 0;
let hub: HubInfo;
beforeEach(async () => {
  hub = await makeTeam(database, `Team${++count}`, owner.id, { summary: 'Makes <things>' });
});

async function hear(
  into: HubInfo,
  id: string,
  body: object = {},
  service = 'nobodyknows',
  more: Partial<Message> = {},
): Promise<void> {
  const message: Message = {
    id,
    topic: `org.example.prod.${service}.thing.done`,
    environment: 'prod',
    category: service,
    time: Date.UTC(2026, 10, 23, 12, 0),
    severity: 'info',
    body: { agent: 'mira', ...body },
    ...more,
  };
  await feeds.add([makeEntry(message, tell(message), { hub: into.id, why: 'package:x' })]);
}

async function signIn(personId: number): Promise<Record<string, string>> {
  const session = { personId, issuer: 'https://id.example.org', siteAdmin: false, userAgent: '' };
  return { cookie: `${cookieName(settings.BASE_URL)}=${await startSession(database, session)}` };
}

const get = (
  of: { type: HubInfo['type']; name?: string },
  name: OutputName,
  { query = '', ...headers }: Record<string, string> = {},
) => readOutput(stores, new Request(`http://inside${query}`, { headers }), of, name);

const secret = (token: string, output = 'feed.atom') =>
  readBySecret(stores, new Request('http://inside'), { token, output });

const kept = ({ headers }: Response) => ({
  cache: headers.get('cache-control'),
  referrer: headers.get('referrer-policy'),
  robots: headers.get('x-robots-tag'),
  etag: headers.get('etag'),
});
const forNobody = { cache: 'private, no-store', referrer: 'no-referrer', robots: 'noindex', etag: null };

const formats: [OutputName, string][] = [
  ['feed.atom', 'application/atom+xml; charset=utf-8'],
  ['feed.rss', 'application/rss+xml; charset=utf-8'],
  ['feed.json', 'application/feed+json; charset=utf-8'],
];

test.each(formats)(
  '%s of a public hub: a visitor gets it, caches may keep it for a minute',
  async (name, type) => {
    await hear(hub, 'one');
    const answer = await get(hub, name);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    expect(kept(answer)).toMatchObject({ cache: 'public, max-age=60', robots: null });
    expect(answer.headers.get('vary')).toBe('Cookie');
    expect(await answer.text()).toContain('one');

    const etag = answer.headers.get('etag') ?? '';
    const again = await get(hub, name, { 'if-none-match': `"other", ${etag}` });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    await hear(hub, 'two');
    expect((await get(hub, name, { 'if-none-match': etag })).status).toBe(200);
  },
);

test('who is signed in gets an answer that nobody keeps', async () => {
  const answer = await get(hub, 'feed.atom', await signIn(owner.id));
  expect(answer.status).toBe(200);
  expect(kept(answer)).toEqual(forNobody);
});

test('entries have the sentence, its links, clean HTML, and ids that stay when the hub is renamed', async () => {
  await hear(hub, 'a/b c', { agent: 'mira' });
  const read = async () => {
    const xml = await (await get(hub, 'feed.atom')).text();
    const [item] = (await new Parser().parseString(xml)).items;
    return item as { id: string; title: string; content: string; link: string };
  };
  const first = await read();
  expect(first.title).toContain('mira');
  expect(first.content).toContain(`<a href="${settings.BASE_URL}/u/mira">mira</a>`);
  expect(first.link).toBe(`${settings.BASE_URL}/t/${hub.name}/e/a%2Fb%20c`);
  expect(first.id).toMatch(/^tag:localhost,\d{4}-\d\d-\d\d:hub\/\d+\/a%2Fb%20c$/);
  hub = await database.hub.update({ where: { id: hub.id }, data: { name: `renamed${count}` } });
  expect((await read()).id).toBe(first.id);
});

/** A ticket that somebody commented on: what is said of one ticket belongs together. */
const comment = (into: HubInfo, id: string, at: number, user = 'mira') =>
  hear(
    into,
    id,
    { ...ticket, agent: user, comment: { id: at, user: { name: user }, comment: id } },
    'pagure',
    {
      topic: 'io.pagure.prod.pagure.issue.comment.added',
      time: Date.UTC(2026, 10, 23, 12, at),
    },
  );
const ticket = { project: { fullname: 'team/tracker', name: 'tracker' }, issue: { id: 7, title: 'Weeds' } };

test('what belongs together is one entry that keeps its id, and is brought up to date, as more comes', async () => {
  const read = async (query = '') => (await (await get(hub, 'feed.json', { query })).json()).items;
  await comment(hub, 'first', 1);
  const [alone] = await read();
  await comment(hub, 'second', 2, 'bo');
  const [both, ...others] = await read();
  expect(others).toEqual([]);
  expect(both.id).toBe(alone.id);
  expect([both.date_published, both.date_modified]).toEqual([
    '2026-11-23T12:01:00.000Z',
    '2026-11-23T12:02:00.000Z',
  ]);
  expect(both.content_html.match(/<li>/g)).toHaveLength(2);
  expect(await read('?service=pagure')).toHaveLength(2);
});

test('the feed of one’s stream says first what came while one was away', async () => {
  const away = new Date(Date.UTC(2026, 10, 23, 12, 30));
  await database.visit.create({ data: { personId: owner.id, hubId: stream.id, lastAt: away } });
  await hear(stream, 'known', {}, 'a', { time: away.getTime() - 1 });
  await hear(stream, 'missed <1>', {}, 'b', { time: away.getTime() + 1 });
  const token = await makeLink(database, await viewerOf(database, owner.id), stream.id);
  const { items } = await new Parser().parseString(await (await secret(token, 'feed.rss')).text());
  const [first, second] = items;
  expect(first?.title).toBe('While you were away: 1 entry since 23 Nov 2026, 12:30 UTC');
  expect(first?.content).toContain(`${settings.BASE_URL}/stream/e/missed%20%3C1%3E`);
  expect(first?.content).not.toContain('/e/known');
  expect(second?.guid).toContain('missed');
  const [searched] = (
    await (
      await get({ type: 'stream' }, 'feed.json', { query: '?q=mira', ...(await signIn(owner.id)) })
    ).json()
  ).items;
  expect(searched.title).not.toContain('away');
});

test('filters leave what is asked for, and the feed says which', async () => {
  await hear(hub, 'git-one', {}, 'gitlike');
  await hear(hub, 'other-one', {}, 'otherlike');
  const ids = async (query: string) => {
    const { title, items, feed_url } = await (await get(hub, 'feed.json', { query })).json();
    return { title, ids: items.map((item: { id: string }) => item.id.split('/').at(-1)), feed_url };
  };
  expect(await ids('?service=gitlike')).toEqual({
    title: `${hub.name}: gitlike`,
    ids: ['git-one'],
    feed_url: `${settings.BASE_URL}/t/${hub.name}/feed.json?service=gitlike`,
  });
  expect((await ids('?kind=otherlike.thing.done')).ids).toEqual(['other-one']);
  expect((await ids('?q=MIRA')).ids).toHaveLength(2);
  expect((await ids('?q=nobody-said-this')).ids).toEqual([]);
});

test('a name in another case leads to the hub’s own address', async () => {
  const answer = await get({ type: 'team', name: hub.name.toUpperCase() }, 'feed.rss', { query: '?q=a' });
  expect([answer.status, answer.headers.get('location')]).toEqual([308, `/t/${hub.name}/feed.rss?q=a`]);
});

test('preview and private hubs, unknown ones and streams are one thing to a visitor: nothing', async () => {
  const answers = [
    await get({ type: 'team', name: 'nobody-made-it' }, 'feed.atom'),
    await get(stream, 'feed.atom'),
  ];
  for (const visibility of ['preview', 'private'] as const) {
    await database.hub.update({ where: { id: hub.id }, data: { visibility } });
    answers.push(await get(hub, 'feed.atom'));
  }
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  expect(new Set(texts).size).toBe(1);
  for (const answer of answers) expect([answer.status, kept(answer)]).toEqual([404, forNobody]);
});

test('a person reads their hub’s and their stream’s feed', async () => {
  await hear(stream, 'for-me');
  expect((await get(ownHub, 'feed.rss')).status).toBe(200);
  const mine = await get({ type: 'stream' }, 'feed.json', await signIn(owner.id));
  expect(await mine.text()).toContain('for-me');
  const other = (await makePerson(database, `other${count}`)).person;
  expect((await get({ type: 'stream' }, 'feed.json', await signIn(other.id))).status).toBe(404);
});

test('a secret link opens the outputs of its hub alone, and nobody keeps them', async () => {
  await database.hub.update({ where: { id: hub.id }, data: { visibility: 'private' } });
  await hear(hub, 'hidden');
  const token = await makeLink(database, await viewerOf(database, owner.id), hub.id);
  const answer = await secret(token);
  expect([answer.status, kept(answer)]).toEqual([200, forNobody]);
  const text = await answer.text();
  expect(text).toContain('hidden');
  expect(text).toContain(`${settings.BASE_URL}/secret/${token}/feed.atom`);
  expect(JSON.stringify(await database.secretLink.findMany())).not.toContain(token);
  for (const wrong of [
    secret(token, 'toString'),
    secret(token, 'card.exe'),
    secret('x'.repeat(43)),
    secret(''),
  ])
    expect((await wrong).status).toBe(404);
});

test('a renewed link ends the one before, an ended one opens nothing', async () => {
  const viewer = await viewerOf(database, owner.id);
  const first = await makeLink(database, viewer, stream.id);
  const second = await makeLink(database, viewer, stream.id);
  expect([(await secret(first)).status, (await secret(second)).status]).toEqual([404, 200]);
  await endLink(database, viewer, stream.id);
  expect((await secret(second)).status).toBe(404);
});

test('a link ends when its person’s right ends, and does not come back with it', async () => {
  await database.hub.update({ where: { id: hub.id }, data: { visibility: 'private' } });
  const { person } = await makePerson(database, `member${count}`);
  await giveRole(database, hub.id, person.id, 'member');
  const token = await makeLink(database, await viewerOf(database, person.id), hub.id);
  expect((await secret(token)).status).toBe(200);
  await database.role.deleteMany({ where: { hubId: hub.id, personId: person.id } });
  await giveRole(database, hub.id, person.id, 'member');
  expect((await secret(token)).status).toBe(404);
});

test('a banned person’s links open nothing', async () => {
  const { person } = await makePerson(database, `banned${count}`);
  await database.hub.update({ where: { id: hub.id }, data: { visibility: 'preview' } });
  await giveRole(database, hub.id, person.id, 'member');
  const token = await makeLink(database, await viewerOf(database, person.id), hub.id);
  await database.person.update({ where: { id: person.id }, data: { bannedAt: new Date() } });
  expect((await secret(token)).status).toBe(404);
});

test('there are no secret links to what everybody may read, nor to what one may not', async () => {
  const viewer = await viewerOf(database, owner.id);
  await expect(makeLink(database, viewer, hub.id)).rejects.toMatchObject({ code: 'invalid' });
  const { person } = await makePerson(database, `stranger${count}`);
  await expect(makeLink(database, await viewerOf(database, person.id), stream.id)).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a card shows name, summary, people and the newest entries, and others may frame it', async () => {
  for (const n of [1, 2, 3, 4, 5, 6]) await hear(hub, `entry-${n}`, { agent: `nobody${n}` });
  const answer = await get(hub, 'card');
  expect(kept(answer)).toMatchObject({ cache: 'public, max-age=60' });
  expect(answer.headers.get('content-security-policy')).toContain('frame-ancestors *');
  const html = await answer.text();
  for (const piece of [`/t/${hub.name}"`, 'Makes &lt;things&gt;', '1 member', 'nobody6', 'nobody2'])
    expect(html).toContain(piece);
  expect(html).not.toContain('nobody1');
  expect(html).not.toContain('<script');

  const picture = await get(hub, 'card.svg', { query: '?theme=dark' });
  expect(picture.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
  const svg = await picture.text();
  for (const piece of [`>${hub.name}</text>`, '1 member · Makes &lt;things&gt;', 'nobody6'])
    expect(svg).toContain(piece);
  expect(svg).not.toContain('prefers-color-scheme');
});

test('a hub that not everybody may read has no card, not even for its members', async () => {
  await database.hub.update({ where: { id: hub.id }, data: { visibility: 'private' } });
  for (const name of ['card', 'card.svg'] as const) {
    expect((await get(hub, name, await signIn(owner.id))).status).toBe(404);
    expect((await get(hub, name)).status).toBe(404);
  }
});

/** A widget that shows the calendar, and what was loaded of it. */
async function giveCalendar(restricted = false): Promise<string> {
  await database.hub.update({ where: { id: hub.id }, data: { calendar: `calendar${count}` } });
  const { id } = await database.widget.create({
    data: { hubId: hub.id, kind: 'meetings', column: 'right', place: 9, restricted },
  });
  await database.$transaction((tx) => refreshInterests(tx, hub.id));
  return (await database.widget.findUniqueOrThrow({ where: { id } })).valueKey ?? '';
}
const meeting = (series: string, startsAt: number) => ({
  ...{ series, title: `Meeting ${series}`, startsAt, endsAt: startsAt + 3_600_000 },
  ...{ allDay: false, place: null, description: null, href: null, repeats: 'no' },
});
const titles = (text: string) =>
  Object.values(ical.sync.parseICS(text)).flatMap((one) =>
    one?.type === 'VEVENT' ? [String(one.summary)] : [],
  );

test('a hub’s meetings as iCal: not before they were loaded, which asking has done; one of them alone', async () => {
  expect((await get(hub, 'meetings.ics')).status).toBe(404);
  const key = await giveCalendar();
  const early = await get(hub, 'meetings.ics');
  expect([early.status, early.headers.get('retry-after'), kept(early)]).toEqual([503, '30', forNobody]);
  const { rowCount } = await pool.query('SELECT FROM graphile_worker.jobs WHERE key = $1', [key]);
  expect(rowCount).toBe(1);

  const meetings = [meeting('a', Date.UTC(2026, 10, 26, 16)), meeting('b', Date.UTC(2026, 10, 27, 16))];
  const data = { calendar: 'team', meetings, series: [], href: null };
  await writeValue(stores.cache, key, {
    value: { data, asOf: Date.now(), source: { name: 'calendar', href: 'https://calendar.example.org/' } },
  });
  const answer = await get(hub, 'meetings.ics');
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(kept(answer)).toMatchObject({ cache: 'public, max-age=60', robots: null });
  expect(titles(await answer.text())).toEqual(['Meeting a', 'Meeting b']);
  expect(titles(await (await get(hub, 'meetings.ics', { query: '?meeting=b' })).text())).toEqual([
    'Meeting b',
  ]);
});

test('a meeting that repeats is one event with its rule, by itself, too', async () => {
  const key = await giveCalendar();
  const weekly = readCalendar(
    writeCalendar('UID:w\nSUMMARY:Weekly\nDTSTART;TZID=Europe/Paris:20261013T170000\nRRULE:FREQ=WEEKLY'),
    { from: Date.UTC(2026, 9, 1), to: Date.UTC(2026, 11, 1) },
  );
  const meetings = [...weekly.meetings, meeting('b', Date.UTC(2026, 10, 27, 16))];
  const data = { calendar: 'team', series: weekly.series, meetings, href: null };
  await writeValue(stores.cache, key, {
    value: { data, asOf: Date.now(), source: { name: 'calendar', href: 'https://calendar.example.org/' } },
  });
  const read = async (query: string) => (await get(hub, 'meetings.ics', { query })).text();
  expect(titles(await read(''))).toEqual(['Weekly', 'Meeting b']);
  const alone = await read(`?meeting=${weekly.series[0]?.series}`);
  expect(titles(alone)).toEqual(['Weekly']);
  expect(alone).toContain('RRULE:FREQ=WEEKLY');
  expect(await read('?meeting=b')).not.toContain('RRULE');
});

test('meetings that a widget shows to members alone are for members alone', async () => {
  await giveCalendar(true);
  expect((await get(hub, 'meetings.ics')).status).toBe(404);
  expect((await get(hub, 'meetings.ics', await signIn(owner.id))).status).toBe(503);
});

test('a link carries its person’s roles, never the rights of a site admin', async () => {
  const { person } = await makePerson(database, `admin${count}`, { siteAdmin: true });
  const viewer = await viewerOf(database, person.id, { siteAdmin: true });
  await database.hub.update({ where: { id: hub.id }, data: { visibility: 'preview' } });
  await expect(makeLink(database, viewer, hub.id)).rejects.toMatchObject({ code: 'not_allowed' });
  await database.hub.update({ where: { id: hub.id }, data: { visibility: 'private' } });
  await expect(makeLink(database, viewer, hub.id)).rejects.toMatchObject({ code: 'not_found' });
});
