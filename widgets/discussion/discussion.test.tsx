import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, onTestFinished, test } from 'vitest';
import type { HubInfo } from '../../hubs/find-hub.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import { makePerson, makeTeam, viewerOf } from '../../testing/people.ts';
import { lookAt } from '../../testing/render-view.tsx';
import { openTestDatabase } from '../../testing/stores.ts';
import type { Loaded } from '../kind.ts';
import { parseSettings } from '../settings-form.ts';
import { discussion } from './index.ts';
import type { Topics } from './topics.ts';
import DiscussionView from './view.tsx';

const { database } = await openTestDatabase();
const now = Date.UTC(2026, 10, 23, 12, 0);
const { loader } = discussion;
if (!loader) throw new Error('discussion loads from a service');

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const topic = (id: number, title: string, posters: number[]) => ({
  id,
  title,
  slug: 'a-topic',
  posts_count: posters.length,
  views: 9,
  created_at: '2026-11-23T10:00:00Z',
  last_posted_at: '2026-11-23T11:00:00Z',
  bumped_at: '2026-11-23T11:00:00Z',
  posters: posters.map((user_id) => ({ user_id })),
});
const answer = {
  users: [
    { id: 1, username: 'amara', avatar_template: '/avatar/amara/{size}.png' },
    { id: 2, username: 'bo', avatar_template: null },
  ],
  topic_list: { topics: [topic(11, 'Which blue?', [1, 2]), topic(12, 'Anybody?', [2])] },
};
const serveAnswer = (path: string) =>
  serve((request, response) =>
    response
      .writeHead(request.url === path ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer)),
  );
const context = (discourse?: string) => ({
  services: discourse ? { discourse } : {},
  signal: AbortSignal.timeout(5_000),
  now,
});
const show = (loaded: Loaded<Topics> | null, n = 5, unansweredFirst = false) =>
  renderToStaticMarkup(
    <DiscussionView
      own={{ unansweredFirst }}
      hub={{ id: 1, type: 'team', name: 'design' }}
      settings={{ tag: '', n }}
      loaded={loaded}
      now={now}
    />,
  );

test('the tag is the widget’s own, else the hub’s; without any there is nothing to load', () => {
  const hub = (discourseTag: string | null) => ({ discourseTag }) as HubInfo;
  const part = (given: object, discourseTag: string | null) =>
    loader.part(discussion.settings.parse(given), hub(discourseTag));
  expect(part({ tag: 'art' }, 'design')).toEqual({ tag: 'art' });
  expect(part({}, 'design')).toEqual({ tag: 'design' });
  expect(part({ category: 'a/12' }, 'design')).toEqual({ category: 'a/12' });
  expect(part({}, null)).toBeNull();
  expect(loader.interests({ tag: 'design' })).toEqual(['tag:design']);
});

test('topics of a tag are loaded and shown with people, replies and what waits for an answer', async () => {
  const base = await serveAnswer('/tag/design.json');
  const { value, source } = await loader.load({ tag: 'design' }, context(base));
  expect(source).toEqual({ name: new URL(base).host, href: `${base}/tag/design` });
  const html = show({ value: { data: value, asOf: now, source } });
  expect(html).toContain(`href="${base}/t/a-topic/11"`);
  expect(html).toContain('1 reply');
  expect(html).toContain('1 h ago');
  expect(html.match(/unanswered/g)).toHaveLength(1);
  expect(html).toContain(`href="${base}/tag/design"`);
  expect(show({ value: { data: value, asOf: now, source } }, 1)).not.toContain('Anybody?');
});

test('so are those of a category; messages of it make them stale', async () => {
  const base = await serveAnswer('/c/desktop/art/12.json');
  const { value, source } = await loader.load({ category: 'desktop/art/12' }, context(base));
  expect(source.href).toBe(`${base}/c/desktop/art/12`);
  expect(show({ value: { data: value, asOf: now, source } })).toContain('Which blue?');
  expect(loader.interests({ category: 'desktop/art/12' })).toEqual(['tag:art']);
  for (const category of ['art', '../admin/1', 'art/12/x', 'https://forum.example/c/art/12'])
    expect(parseSettings(discussion, { category })).toEqual({
      errors: { category: expect.stringContaining('behind /c/') },
    });
});

test('owners see first what waits for an answer', async () => {
  const base = await serveAnswer('/tag/design.json');
  const { value, source } = await loader.load({ tag: 'design' }, context(base));
  const loaded = { value: { data: value, asOf: now, source } };
  expect(show(loaded)).toMatch(/Which blue\?.*Anybody\?/s);
  expect(show(loaded, 5, true)).toMatch(/Anybody\?.*Which blue\?/s);
  expect(show(loaded, 1, true)).not.toContain('Which blue?');
  const { person } = await makePerson(database, 'owner');
  const hub = await makeTeam(database, 'design', person.id);
  const reads = async (viewer: Viewer | null) => (await lookAt(discussion, { database, hub, viewer })).own;
  expect(await reads(await viewerOf(database, person.id))).toEqual({ unansweredFirst: true });
  expect(await reads(null)).toEqual({ unansweredFirst: false });
  expect(await lookAt(discussion, { database, hub })).toMatchObject({ empty: true });
});

test('a service that fails is said in a sentence, and whether another try can help', async () => {
  const base = await serve((_, response) => response.writeHead(502).end());
  await expect(loader.load({ tag: 'design' }, context(base))).rejects.toMatchObject({ retry: true });
  await expect(loader.load({ tag: 'design' }, context())).rejects.toMatchObject({
    message: 'No Discourse is set up for Hubs.',
    retry: false,
  });
});

test('without a tag, and without topics, it says what to do', () => {
  expect(show(null)).toContain('No tag is set');
  const value = { tag: 'design', topics: [], href: 'https://forum.example/tag/design' };
  const source = { name: 'forum.example', href: value.href };
  expect(show({ value: { data: value, asOf: now, source } })).toContain('start one with the tag design');
});
