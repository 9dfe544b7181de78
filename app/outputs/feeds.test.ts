// What feed readers get, and who gets it.
import Parser from 'rss-parser';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { makeLink } from '../../hubs/secret-links.ts';
import { forNobody, kept, openOutputsStage } from '../../testing/outputs-stage.ts';
import { makePerson, viewerOf } from '../../testing/people.ts';
import type { OutputName } from './outputs.ts';

const stage = await openOutputsStage();
const { owner, ownHub, stream, hear, signIn, get, secret } = stage;
const { database, settings } = stage.stores;
let hub: HubInfo;
beforeEach(async () => {
  hub = await stage.makeTeam();
});
afterAll(stage.close);

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
  hub = await database.hub.update({ where: { id: hub.id }, data: { name: `renamed` } });
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
  const other = (await makePerson(database, `bo`)).person;
  expect((await get({ type: 'stream' }, 'feed.json', await signIn(other.id))).status).toBe(404);
});
