import type { JobHelpers } from 'graphile-worker';
import { afterAll, expect, test } from 'vitest';
import { openFeeds } from '../../feeds/open-feeds.ts';
import { isBackfilling, promiseBackfill } from '../../hubs/backfill.ts';
import { createPerson } from '../../hubs/create-person.ts';
import { makeRow, startArchive } from '../../testing/archive.ts';
import { openTestDatabase, testContext } from '../../testing/stores.ts';
import { refreshInterests } from '../../widgets/interests.ts';
import { makeBackfillTask } from './backfill.ts';

const { url, pool, database } = await openTestDatabase();
const feeds = openFeeds({ FEEDS_URL: url, DATABASE_URL: url, DATABASE_DIRECT_URL: url }, pool);
const archive = await startArchive();
afterAll(async () => {
  await archive.close();
});

const DAY = 86_400_000;

async function makeSomebody(username: string) {
  const { hubs } = await database.$transaction(async (tx) => {
    const made = await createPerson(tx, { username, fullName: null });
    for (const hub of made.hubs) await refreshInterests(tx, hub.id);
    return made;
  });
  const [own, stream] = hubs;
  if (!own || !stream) throw new Error('a person has both hubs');
  return { own, stream };
}

const run = (username: string, overrides: { ARCHIVE_URL?: string } = { ARCHIVE_URL: archive.url }) => {
  const context = testContext({ databaseUrl: url, redisUrl: 'redis://127.0.0.1:1', overrides });
  const task = makeBackfillTask(context, { pool, database, feeds }, { pauseMs: 1 });
  return task({ username }, {} as JobHelpers);
};
const comment = (id: string, agent: string, sentMs: number) =>
  makeRow(id, sentMs, { agent, comment: { text: 'fine', user: { name: agent } }, update: { title: id } });

test('what somebody did in the last 30 days comes into their own hub, once, and nobody else’s does', async () => {
  const { own } = await makeSomebody('mira');
  const other = await makeSomebody('noor');
  const now = Date.now();
  archive.rows.push(
    ...Array.from({ length: 120 }, (_, number) =>
      comment(`m${number}`, 'mira', now - number * 60_000 - 1_000),
    ),
    comment('long ago', 'mira', now - 40 * DAY),
    comment('of noor', 'noor', now - DAY),
  );
  archive.faults.push(503);
  await run('mira');
  await run('mira');
  const kept = (await feeds.read(own.id)).map(({ messageId }) => messageId);
  expect(kept).toEqual(Array.from({ length: 100 }, (_, number) => `m${number}`));
  expect(await feeds.read(other.own.id)).toEqual([]);
  const { _sum } = await database.hubDay.aggregate({ where: { hubId: own.id }, _sum: { n: true } });
  expect(_sum.n).toBe(120);
  const { lastEntryAt } = await database.hub.findUniqueOrThrow({ where: { id: own.id } });
  expect(lastEntryAt?.getTime()).toBeGreaterThan(now - 60_000);
});

test('without an archive there is nothing to do', async () => {
  const before = archive.requests.length;
  await run('mira', {});
  expect(archive.requests).toHaveLength(before);
});

test('an archive that does not answer fails the job, which is tried again', async () => {
  archive.faults.push(...Array.from({ length: 5 }, () => 503));
  await expect(run('mira')).rejects.toThrow('503');
});

test('while it waits, the stream can say so', async () => {
  expect(await isBackfilling(database, 'mira')).toBe(false);
  await database.$transaction((tx) => promiseBackfill(tx, 'Mira'));
  expect(await isBackfilling(database, 'mira')).toBe(true);
});
