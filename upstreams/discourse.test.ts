import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { sharedFolder, skipUnless } from '../testing/skips.ts';
import { topicsByCategory, topicsByTag } from './discourse.ts';
import { type Exchange, fetchJson } from './fetch.ts';
import { Unchanged, UpstreamError } from './upstream-error.ts';

const real = (file: string) => readFileSync(`${sharedFolder}/reference/upstreams/discourse/${file}`, 'utf8');

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const serveJson = (text: string, status = 200, headers: Record<string, string> = {}) =>
  serve((_, response) =>
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(text),
  );

async function failure(asking: Promise<unknown>): Promise<UpstreamError> {
  const error = await asking.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UpstreamError)) throw new Error(`no UpstreamError but ${error}`);
  return error;
}

const list = (topics: object[], users: object[] = []) => JSON.stringify({ users, topic_list: { topics } });

skipUnless('shared')('answers of a real Discourse', () => {
  test('a real answer becomes topics with people, counts and links', async () => {
    const base = await serveJson(real('tag.json'));
    const { topics, href } = await topicsByTag(`${base}/`, 'silverblue');
    expect(href).toBe(`${base}/tag/silverblue`);
    expect(topics[0]).toEqual({
      id: 31739,
      title: 'No updates published for f37 Silverblue since Feb 9th?',
      href: `${base}/t/no-updates-published-for-f37-silverblue-since-feb-9th/31739`,
      replies: 0,
      views: 120,
      people: [
        {
          username: 'awarda',
          avatar: `${base}/user_avatar/discussion.fedoraproject.org/awarda/48/13952_2.png`,
        },
      ],
      lastPostedAt: Date.parse('2023-02-13T08:39:01.466Z'),
      createdAt: Date.parse('2023-02-13T08:39:01.337Z'),
      answered: false,
      pinned: false,
      closed: false,
      tags: ['nvidia', 'silverblue'],
    });
    expect(topics[1]).toMatchObject({ pinned: true, closed: true });
  });

  test('so does a real answer for a category', async () => {
    const base = await serveJson(real('category.json'));
    const { topics, href } = await topicsByCategory(base, 'ask/6');
    expect(href).toBe(`${base}/c/ask/6`);
    expect(topics.map(({ id }) => id)).toContain(31739);
  });

  test('a tag nobody made, and too many requests, are said in words', async () => {
    const missing = await failure(topicsByTag(await serveJson(real('error-404.json'), 404), 'x'));
    expect(missing).toMatchObject({ status: 404, retry: false });
    expect(missing.message).toMatch(/^127\.0\.0\.1:\d+ does not have what was asked for \(404\)\.$/);
    const busy = await failure(
      topicsByTag(await serveJson(real('error-429.json'), 429, { 'retry-after': '12' }), 'x'),
    );
    expect(busy).toMatchObject({ status: 429, retry: true, retryAfterMs: 12_000 });
  });
});

test('what moved last is first though others are pinned; hidden and archived ones are left out', async () => {
  const base = await serveJson(
    list([
      { id: 1, title: 'Read me', pinned: true, bumped_at: '2024-01-01T00:00:00Z' },
      { id: 2, title: 'Old', bumped_at: '2024-02-01T00:00:00Z' },
      {
        id: 3,
        title: 'New',
        bumped_at: '2024-03-01T00:00:00Z',
        tags: [{ id: 9, name: 'design', slug: 'd' }],
      },
      { id: 4, title: 'Gone', archived: true, bumped_at: '2024-04-01T00:00:00Z' },
      { id: 5, title: 'Hidden', visible: false, bumped_at: '2024-04-01T00:00:00Z' },
    ]),
  );
  const { topics } = await topicsByTag(base, 'design');
  expect(topics.map((topic) => topic.title)).toEqual(['New', 'Old', 'Read me']);
  expect(topics[0]).toMatchObject({ tags: ['design'], people: [], views: 0, replies: 0 });
});

test('a topic is answered when somebody else wrote, not when its author wrote again', async () => {
  const base = await serveJson(
    list([
      { id: 1, title: 'alone', posts_count: 3, posters: [{ user_id: 1 }] },
      { id: 2, title: 'two', posts_count: 2, posters: [{ user_id: 1 }, { user_id: 2 }] },
    ]),
  );
  const { topics } = await topicsByTag(base, 'x');
  expect(topics.map((topic) => topic.answered)).toEqual([false, true]);
});

test('a service that hangs is said to be silent, after its deadline', async () => {
  const base = await serve(() => undefined);
  const error = await failure(topicsByTag(base, 'x', { signal: AbortSignal.timeout(50) }));
  expect(error.retry).toBe(true);
  expect(error.message).toMatch(/did not answer within 1 s\.$/);
  const own = await failure(fetchJson(base, { deadlineMs: 50, mayBePrivate: [base] }));
  expect(own.message).toMatch(/did not answer within 1 s\.$/);
});

test('a page for people, broken JSON, an unknown form and a flood are failures with a sentence', async () => {
  const page = await serve((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Are you a robot?'),
  );
  expect((await failure(topicsByTag(page, 'x'))).message).toContain('a page for people instead of data');
  expect((await failure(topicsByTag(await serveJson('{"a":'), 'x'))).message).toContain('not JSON');
  expect((await failure(topicsByTag(await serveJson('{}'), 'x'))).message).toContain(
    'a form Hubs does not know',
  );
  const flood = await serveJson(JSON.stringify('x'.repeat(2_000)));
  expect((await failure(fetchJson(flood, { limitBytes: 1_000, mayBePrivate: [flood] }))).message).toContain(
    'more than 1000 bytes',
  );
});

test('a fault of the service may pass; nobody listening may pass too', async () => {
  const fault = await failure(topicsByTag(await serveJson('{}', 503, { 'retry-after': '3' }), 'x'));
  expect(fault).toMatchObject({ retry: true, status: 503, retryAfterMs: 3_000 });
  const nobody = await failure(topicsByTag('http://127.0.0.1:1', 'x'));
  expect(nobody.retry).toBe(true);
});

test('redirects are followed to web addresses only, and not for ever', async () => {
  const target = await serveJson('{"found":true}');
  const moved = await serve((_, response) => response.writeHead(301, { location: target }).end());
  expect(await fetchJson(moved, { mayBePrivate: [moved, target] })).toEqual({ found: true });
  const file = await serve((_, response) =>
    response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  );
  expect((await failure(fetchJson(file, { mayBePrivate: [file] }))).message).toContain('leads to file:');
  const circle = await serve((_, response) => response.writeHead(302, { location: '/again' }).end());
  expect((await failure(fetchJson(circle, { mayBePrivate: [circle] }))).message).toContain('without an end');
});

test('every request names Hubs', async () => {
  const base = await serve((request, response) =>
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify(request.headers['user-agent'])),
  );
  expect(await fetchJson(base, { mayBePrivate: [base] })).toMatch(/^Hubs\//);
});

test('what is known is asked for with its ETag and date, of the same address only; unchanged is no failure', async () => {
  const asked: (string | undefined)[][] = [];
  const base = await serve((request, response) => {
    const { 'if-none-match': etag, 'if-modified-since': date } = request.headers;
    asked.push([request.url, etag, date]);
    if (etag === '"1"') response.writeHead(304).end();
    else {
      const headers = { etag: '"1"', 'last-modified': 'Sat, 28 Nov 2026 12:00:00 GMT' };
      response.writeHead(200, { ...headers, 'content-type': 'application/json' }).end(list([]));
    }
  });
  const exchange: Exchange = {};
  await topicsByTag(base, 'a', { exchange });
  expect(exchange.validators).toEqual({
    address: `${base}/tag/a.json`,
    etag: '"1"',
    lastModified: 'Sat, 28 Nov 2026 12:00:00 GMT',
  });
  const known = exchange.validators;
  await expect(topicsByTag(base, 'a', { exchange: { known } })).rejects.toThrow(Unchanged);
  expect((await topicsByTag(base, 'b', { exchange: { known } })).topics).toEqual([]);
  expect(asked).toEqual([
    ['/tag/a.json', undefined, undefined],
    ['/tag/a.json', '"1"', 'Sat, 28 Nov 2026 12:00:00 GMT'],
    ['/tag/b.json', undefined, undefined],
  ]);
});

test('a quota that is used up is heard beside a good answer, and is no refusal for ever when GitHub says 403', async () => {
  const quota = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '90' };
  const exchange: Exchange = {};
  await topicsByTag(await serveJson(list([]), 200, quota), 'a', { exchange });
  expect(exchange.restMs).toBe(90_000);
  const error = await failure(topicsByTag(await serveJson('{}', 403, quota), 'a'));
  expect(error).toMatchObject({ retry: true, status: 403, retryAfterMs: 90_000 });
});
