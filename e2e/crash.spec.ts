import type pg from 'pg';
import { streams } from '../bus/streams.ts';
import { until } from '../testing/until.ts';
import { type Team, teams } from './accounts.ts';
import { issueOpened } from './messages.ts';
import { expectNoReload, expectState, openLive } from './open-live.ts';
import { expect, test } from './stack.ts';

const PER_TEAM = 50;
const START = 1_700_000_000;

/** The whole sequence, a second apart, the teams in turn. */
const sequence = Array.from({ length: PER_TEAM * teams.length }, (_, index) => {
  const team = teams[index % teams.length] as Team;
  const number = Math.floor(index / teams.length) + 1;
  return issueOpened(team, { title: `Number ${number}`, id: number, timestamp: START + index });
});
const newestFirst = Array.from({ length: PER_TEAM }, (_, index) => `"Number ${PER_TEAM - index}"`);

test('of 200 messages none is lost, doubled or out of place when the worker is killed in the middle', async ({
  page,
  hubs,
  bus,
  redisClient,
  database,
}) => {
  // Widgets have no settings dialog yet: the feeds shall show all of it.
  await database.query(`UPDATE widget SET settings = '{"n": 100}' WHERE kind = 'feed'`);
  const unacknowledged = async () => Number((await redisClient.xpending(streams.work, 'worker'))[0]);
  const feeds = () => Promise.all(teams.map((team) => readFeed(hubs.url, database, team)));
  const half = sequence.length / 2;

  for (const envelope of sequence.slice(0, half)) await bus.publish(envelope);
  await until(async () => (await feeds()).flat().length === half);

  // Triage comes back to a hundred waiting messages, so the worker gets a full batch; a lock holds it in its effect.
  await hubs.get('triage').stop();
  for (const envelope of sequence.slice(half)) await bus.publish(envelope);
  await until(async () => (await redisClient.xlen(streams.bus)) === half);
  const lock = await database.connect();
  await lock.query('BEGIN');
  await lock.query('LOCK TABLE feed_entry IN SHARE MODE');
  await hubs.start('triage');
  await until(async () => (await unacknowledged()) >= 20);
  const first = hubs.get('worker');
  await hubs.start('worker'); // its peer
  await first.kill();
  const killedAt = Date.now();
  const atTheKill = await unacknowledged();
  await lock.query('ROLLBACK');
  lock.release();
  expect(atTheKill).toBeGreaterThanOrEqual(20);
  expect((await feeds()).flat().length).toBeLessThan(sequence.length);

  await until(async () => (await feeds()).flat().length >= sequence.length, { deadlineMs: 15_000 });
  expect(Date.now() - killedAt, 'milliseconds until a peer has taken over').toBeLessThan(10_000);
  for (const feed of await feeds()) expect(feed.map(titleOf)).toEqual(newestFirst);
  await until(async () => (await unacknowledged()) === 0 && (await redisClient.xlen(streams.work)) === 0);
  expect(await redisClient.xlen(streams.dead)).toBe(0);

  await page.goto('/t/kitchen');
  const sentences = await page.locator('[data-widget=feed] [data-entry] p:first-child').allTextContents();
  expect(sentences.flatMap((sentence) => titleOf(sentence) ?? [])).toEqual(newestFirst);
});

const titleOf = (sentence: string) => /"Number \d+"/.exec(sentence)?.[0];

/** The sentences of a team's feed that are about issues, as the widget API gives them, newest first. */
async function readFeed(url: string, database: pg.Pool, team: Team): Promise<string[]> {
  const { rows } = await database.query(
    `SELECT hub.id AS hub, widget.id FROM hub JOIN widget ON widget.hub_id = hub.id
     WHERE hub.type = 'team' AND hub.name = $1 AND widget.kind = 'feed'`,
    [team],
  );
  const answer = await fetch(`${url}/api/hubs/${rows[0].hub}/widgets/${rows[0].id}`);
  const { own } = (await answer.json()) as { own: { items: { parts: { text: string }[] }[] } };
  return own.items.map((item) => item.parts.map((part) => part.text).join('')).filter(titleOf);
}

test('whichever process is killed, its peer or its next self goes on within 10 s: nothing is lost or doubled, open pages recover', async ({
  page,
  hubs,
  bus,
  redisClient,
  database,
}) => {
  await database.query(`UPDATE widget SET settings = '{"n": 100}' WHERE kind = 'feed'`);
  await openLive(page, '/t/garden');
  const published: string[] = [];
  const publish = async (count: number) => {
    for (let n = 0; n < count; n += 1) {
      const title = `Number ${published.length + 1}`;
      published.push(`"${title}"`);
      await bus.publish(issueOpened('garden', { title, timestamp: START + published.length }));
    }
  };
  const titles = async () => (await readFeed(hubs.url, database, 'garden')).map(titleOf);
  const allAreThere = () => until(async () => (await titles()).length === published.length);

  for (const name of ['triage', 'worker'] as const) {
    await publish(10);
    await hubs.get(name).kill();
    await publish(5);
    await hubs.start(name);
    await allAreThere(); // within the 10 s that `until` has
  }
  await hubs.get('sse').kill();
  await expectState(page, 'broken');
  await publish(5);
  await hubs.start('sse');
  await expectState(page, 'live');

  // What the bus says while nobody listens is the archive's to bring: here only what Hubs had taken.
  await allAreThere();
  await hubs.get('listener').kill();
  await hubs.start('listener');
  await bus.hasSubscribers(2);
  await publish(5);
  await allAreThere();

  await hubs.get('web').kill();
  await expectState(page, 'broken');
  await publish(5);
  await hubs.start('web');
  await expectState(page, 'live');
  await allAreThere();
  expect(await titles()).toEqual(published.toReversed());
  await expect(page.getByText(published.at(-1) ?? '')).toBeVisible();
  await expectNoReload(page);
  expect(await redisClient.xlen(streams.dead)).toBe(0);
});
