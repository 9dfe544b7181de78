import { randomUUID } from 'node:crypto';
import { fromFields, noticeSchema, streams, toFields } from '../bus/streams.ts';
import { openStream } from '../testing/event-stream.ts';
import { makeEnvelope } from '../testing/publisher.ts';
import { until } from '../testing/until.ts';
import { issueOpened } from './messages.ts';
import { entry, expectNoReload, expectState, openLive } from './open-live.ts';
import { expect, test } from './stack.ts';

test('a message nobody ever saw stands on the open page within 2 s, without a reload', async ({
  page,
  bus,
}) => {
  const stayed = await openLive(page, '/t/garden');
  const title = `The roses need ${randomUUID()}`;
  await bus.publish(issueOpened('garden', { title, id: 7 }));
  const sentence = page.getByText(`amara opened a new ticket garden/tracker#7: "${title}"`);
  await expect(sentence).toBeVisible({ timeout: 2_000 });
  await expectNoReload(stayed);
});

test('so does one of a service that Hubs does not know', async ({ page, bus }) => {
  const stayed = await openLive(page, '/u/amara');
  const service = `service${randomUUID().slice(0, 8)}`;
  await bus.publish(makeEnvelope(`org.fedoraproject.prod.${service}.kettle.boiled`, { agent: 'amara' }));
  await expect(page.getByText(`${service}: kettle boiled, by amara`)).toBeVisible({ timeout: 2_000 });
  await expectNoReload(stayed);
});

test('what changed between the rendering of a page and its stream is told, and nothing else is fetched', async ({
  page,
  hubs,
  bus,
  database,
}) => {
  const {
    rows: [garden],
  } = await database.query<{ id: number }>(`SELECT id FROM hub WHERE type = 'team' AND name = 'garden'`);
  const { rows: widgets } = await database.query<{ id: number }>(
    `SELECT id FROM widget WHERE hub_id = $1 AND kind IN ('feed', 'people', 'discussion') ORDER BY kind = 'feed' DESC`,
    [garden?.id],
  );
  // A server that has just started does not know yet what was told before.
  await until(async () => {
    const stream = await openStream(`${hubs.sseUrl}/sse?hub=${garden?.id}&since=${Date.now()}`);
    await until(() => stream.text().includes('event: '));
    stream.destroy();
    return !stream.text().includes('event: gap');
  });
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/')) asked.push(pathname);
  });
  const rendered = Promise.withResolvers<void>();
  const told = Promise.withResolvers<void>();
  await page.route('/sse?*', async (route) => {
    rendered.resolve();
    await told.promise;
    await route.continue();
  });
  const opening = openLive(page, '/t/garden');
  await rendered.promise;
  await bus.publish(issueOpened('garden', { title: 'In between' }));
  const witness = await page.context().newPage();
  await expect(async () => {
    await witness.goto('/t/garden');
    await expect(entry(witness, 'In between')).toBeVisible({ timeout: 500 });
  }).toPass();
  await expectState(witness, 'live');
  told.resolve();
  await opening;
  await expect(entry(page, 'In between')).toBeVisible();
  await expectNoReload(page);
  // About, rules and the like did not change. What loads a value may have got it meanwhile.
  const concerned = widgets.map(({ id }) => `/api/hubs/${garden?.id}/widgets/${id}`);
  expect(asked).toContain(concerned[0]);
  expect(asked.filter((path) => !concerned.includes(path))).toEqual([]);
});

test('a page whose SSE server was killed fetches what changed meanwhile, and nothing else', async ({
  page,
  hubs,
  bus,
  redisClient,
  database,
}) => {
  const { rows: hubIds } = await database.query<{ name: string; id: number }>(
    `SELECT name, id FROM hub WHERE type = 'team' AND name IN ('garden', 'kitchen')`,
  );
  const [garden, kitchen] = ['garden', 'kitchen'].map((team) => hubIds.find(({ name }) => name === team)?.id);
  const { rows: widgets } = await database.query<{ id: number; kind: string }>(
    'SELECT id, kind FROM widget WHERE hub_id = $1',
    [garden],
  );
  const idOf = (wanted: string) => widgets.find(({ kind }) => kind === wanted)?.id ?? 0;
  const addressOf = (kind: string) => `/api/hubs/${garden}/widgets/${idOf(kind)}`;
  const stayed = await openLive(page, '/t/garden');
  await bus.publish(issueOpened('garden', { title: 'Before' }));
  await expect(page.getByText('"Before"')).toBeVisible();

  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.resourceType() !== 'image' && pathname !== '/sse') asked.push(pathname);
  });
  const away = page.waitForResponse(
    (response) => response.url().includes('/sse?') && response.status() === 503,
  );
  await hubs.get('sse').kill();
  await expectState(page, 'broken');
  await away; // so the browser has given up: the page opens the next stream
  // What it still asked because of the first message is done; to render all anew an outage is no reason.
  expect(asked.splice(0).filter((path) => !path.startsWith('/api/'))).toEqual([]);
  const told = await redisClient.xlen(streams.notices);
  await bus.publish(issueOpened('garden', { title: 'Meanwhile' }));
  await bus.publish(issueOpened('kitchen', { title: 'Elsewhere' }));
  await until(async () => {
    const items = (await redisClient.xrange(streams.notices, '-', '+')).slice(told);
    const toldOf = new Set<number | undefined>(
      items.map(([, fields]) => fromFields(noticeSchema, fields).hub),
    );
    return toldOf.has(garden) && toldOf.has(kitchen);
  });
  await hubs.start('sse');
  await expect(page.getByText('"Meanwhile"')).toBeVisible({ timeout: 15_000 });
  await expectState(page, 'live');
  // It comes behind all that the page was told at first.
  const notice = { hub: garden, what: 'value', widgets: [idOf('discussion')], audience: 'public' };
  await redisClient.xadd(streams.notices, '*', ...toFields(notice));
  await until(() => asked.includes(addressOf('discussion')));
  expect(asked.toSorted()).toEqual(['feed', 'people', 'discussion'].map(addressOf).toSorted());
  await expectNoReload(stayed);
});
