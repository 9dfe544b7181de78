// Whom the server of event streams refuses, what it keeps from them, and how it says so.
import { afterAll, expect, test } from 'vitest';
import { openStream } from '../testing/event-stream.ts';
import { entry, isForgotten, makeHubs, notices, openSseStage } from '../testing/sse-stage.ts';
import { createDatabase, testContext, until } from '../testing/stores.ts';
import { startSse } from './server.ts';

const databaseUrl = await createDatabase();
const hubs = await makeHubs(databaseUrl);
const stage = await openSseStage(databaseUrl);
afterAll(stage.close);

test('what is not for everybody is not sent to visitors', async () => {
  const sse = await stage.start();
  const stream = await stage.listenTo(sse, hubs.open, hubs.preview);
  for (const audience of ['members', 'owners', 'person'] as const)
    await stage.notify({ hub: hubs.preview, what: 'entry', audience });
  await stage.notify(entry(hubs.open));
  await until(() => notices(stream).length > 0);
  expect(notices(stream).map(({ data }) => data)).toEqual([{ hub: hubs.open, what: 'entry' }]);
});

test.each([
  ['an unknown hub', 404, () => 'hub=999999'],
  ['a private hub', 404, () => `hub=${hubs.hidden}`],
  ['a private hub among others', 404, () => `hub=${hubs.open}&hub=${hubs.hidden}`],
  ["somebody's stream", 404, () => `hub=${hubs.stream}`],
  ['no number', 400, () => 'hub=design'],
  ['no hub', 400, () => ''],
])('refuses %s with %i and says why', async (_, status, query) => {
  const sse = await stage.start();
  const stream = await openStream(sse.url(query()));
  await until(() => stream.isEnded());
  expect(stream.status).toBe(status);
  expect(JSON.parse(stream.text())).toEqual({
    error: { field: 'hub', reason: expect.stringMatching(/./), remedy: expect.stringMatching(/./) },
  });
  expect(await isForgotten(sse)).toBe(true);
});

test('a private hub is refused as one that does not exist', async () => {
  const sse = await stage.start();
  const texts = [];
  for (const id of [hubs.hidden, 999999]) {
    const stream = await openStream(sse.url(`hub=${id}`));
    await until(() => stream.isEnded());
    texts.push(stream.text().replace(String(id), 'ID'));
  }
  expect(texts[0]).toBe(texts[1]);
});

test('only GET, and only /sse', async () => {
  const sse = await stage.start();
  const posted = await fetch(sse.url(`hub=${hubs.open}`), { method: 'POST' });
  expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET']);
  expect((await fetch(sse.url('').replace('/sse', '/other'))).status).toBe(404);
});

test('above its limit it refuses with 503 and when to come again', async () => {
  const sse = await stage.start({}, 1);
  const first = await stage.listenTo(sse, hubs.open);
  const second = await openStream(sse.url(`hub=${hubs.open}`));
  expect([second.status, second.headers['retry-after']]).toEqual([503, '60']);
  first.destroy();
  await until(() => isForgotten(sse));
  await stage.listenTo(sse, hubs.open);
});

test('without its database it refuses with 503, and readiness says so', async () => {
  const gone = databaseUrl.replace(/\/[^/]*$/, '/no_such_database');
  const context = testContext({ databaseUrl: gone, redisUrl: stage.server.url });
  const sse = await startSse(context);
  stage.onClose(() => sse.stop());
  const stream = await openStream(`http://127.0.0.1:${sse.port}/sse?hub=1`);
  expect(stream.status).toBe(503);
  expect((await sse.wrong()).join()).toContain("PostgreSQL can't be reached (DATABASE_URL)");
});
