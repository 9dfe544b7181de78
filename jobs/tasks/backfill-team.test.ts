import type { JobHelpers } from 'graphile-worker';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openFeeds } from '../../feeds/open-feeds.ts';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { makeRow, startArchive } from '../../testing/archive.ts';
import { makePerson, makeTeam } from '../../testing/people.ts';
import { openTestDatabase, testContext } from '../../testing/stores.ts';
import { refreshInterests } from '../../widgets/interests.ts';
import { backfillAtOnce, makeBackfillTeamTask } from './backfill-team.ts';

const { url, pool, database } = await openTestDatabase();
const feeds = openFeeds({ FEEDS_URL: url, DATABASE_URL: url, DATABASE_DIRECT_URL: url }, pool);
const archive = await startArchive();
afterAll(async () => {
  await archive.close();
});
beforeEach(() => {
  archive.rows.length = 0;
  archive.requests.length = 0;
});

const stores = { pool, database, feeds };
const context = testContext({
  databaseUrl: url,
  redisUrl: 'redis://127.0.0.1:1',
  overrides: { ARCHIVE_URL: archive.url },
});
const { person: mira } = await makePerson(database, 'mira');
const now = Date.now();
const DAY = 86_400_000;

async function make(name: string, data: { packages?: string[]; discourseTag?: string }): Promise<HubInfo> {
  const hub = await makeTeam(database, name, mira.id, data);
  await database.$transaction((tx) => refreshInterests(tx, hub.id));
  return hub;
}
const comment = (id: string, agent: string, title: string, ageMs: number) =>
  makeRow(id, now - ageMs, {
    agent,
    comment: { text: 'fine', user: { name: agent } },
    update: { title, builds: [{ nvr: `${title}-1-1` }] },
  });
const run = (hub: HubInfo) =>
  makeBackfillTeamTask(context, stores, { pauseMs: 1 })({ hub: hub.id }, {} as JobHelpers);
const kept = async (hub: HubInfo) => (await feeds.read(hub.id)).map(({ messageId }) => messageId);

test('what came in the last two minutes is there at once, and nothing older', async () => {
  const hub = await make('quick', {});
  archive.rows.push(
    comment('now', 'mira', 'x', 5_000),
    comment('before', 'mira', 'x', 300_000),
    comment('other', 'noor', 'x', 5_000),
  );
  await backfillAtOnce(context, stores, hub);
  expect(await kept(hub)).toEqual(['now']);
});

test('the rest is asked by what fills the feed: packages, services with its tags, members where they fill it', async () => {
  const owning = await make('owning', { packages: ['guake', 'vim'], discourseTag: 'design' });
  await run(owning);
  expect(
    archive.requests.map((query) => [
      query.getAll('package'),
      query.getAll('category'),
      query.getAll('user'),
    ]),
  ).toEqual([
    [['guake', 'vim'], [], []],
    [[], ['discourse'], []],
  ]);
  const people = await make('people', {});
  archive.rows.push(
    comment('week', 'mira', 'x', 7 * DAY),
    comment('other', 'noor', 'x', DAY),
    comment('old', 'mira', 'x', 31 * DAY),
  );
  await run(people);
  expect(await kept(people)).toEqual(['week']);
});

test('a hub that is gone has nothing to fill', async () => {
  await makeBackfillTeamTask(context, stores)({ hub: 999_999 }, {} as JobHelpers);
  expect(archive.requests).toEqual([]);
});
