import type { JobHelpers } from 'graphile-worker';
import { expect, test } from 'vitest';
import type { Entry } from '../feeds/feed-store.ts';
import { openTestDatabase } from '../testing/stores.ts';
import { countEntries, makeForgetTask } from './count-entries.ts';

const { pool, database } = await openTestDatabase();

let hubs = 0;
const makeHub = async () => {
  hubs += 1;
  const hub = await database.hub.create({
    data: { type: 'team', name: `team-${hubs}`, groupName: `team-${hubs}` },
  });
  return hub.id;
};
const entry = (hub: number, messageId: string, given: Partial<Entry> = {}): Entry => ({
  hub,
  messageId,
  time: Date.parse('2026-11-20T23:59:59.999Z'),
  topic: 'org.example.dev.git.receive',
  kind: 'git.receive',
  agent: 'mira',
  people: ['mira', 'jonas'],
  why: 'package:guake',
  message: '{}',
  ...given,
});
const daysOf = async (hubId: number) =>
  (await database.hubDay.findMany({ where: { hubId }, orderBy: [{ day: 'asc' }, { kind: 'asc' }] })).map(
    ({ day, kind, n }) => `${day.toISOString().slice(0, 10)} ${kind} ${n}`,
  );

test('entries count by hub, day of UTC and kind', async () => {
  const [one, two] = [await makeHub(), await makeHub()];
  await countEntries(pool, [
    entry(one, 'a'),
    entry(one, 'b', { time: Date.parse('2026-11-21T00:00:00Z') }),
    entry(one, 'c', { kind: 'bodhi.update.comment' }),
    entry(two, 'a'),
    entry(one, 'd'),
  ]);
  expect(await daysOf(one)).toEqual([
    '2026-11-20 bodhi.update.comment 1',
    '2026-11-20 git.receive 2',
    '2026-11-21 git.receive 1',
  ]);
  expect(await daysOf(two)).toEqual(['2026-11-20 git.receive 1']);
});

test('a message that comes again counts once: in the same batch, in a later one, and in two at once', async () => {
  const hub = await makeHub();
  await countEntries(pool, [entry(hub, 'a'), entry(hub, 'a')]);
  await countEntries(pool, [entry(hub, 'a'), entry(hub, 'b')]);
  await Promise.all(
    [1, 2, 3].map(() => countEntries(pool, [entry(hub, 'c'), entry(hub, 'd'), entry(hub, 'e')])),
  );
  expect(await daysOf(hub)).toEqual(['2026-11-20 git.receive 5']);
});

test('batches that meet the same hubs in other orders all end', async () => {
  const ids = [await makeHub(), await makeHub(), await makeHub()];
  const batch = (name: string) =>
    ids.flatMap((hub) => [entry(hub, `${name}1`), entry(hub, `${name}2`, { kind: 'a.b' })]);
  await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      countEntries(pool, index % 2 ? batch(`m${index}`) : batch(`m${index}`).toReversed()),
    ),
  );
  for (const hub of ids)
    expect(await daysOf(hub)).toEqual(['2026-11-20 a.b 12', '2026-11-20 git.receive 12']);
});

test('who acts at a hub for the first time is noted with the time, whatever order messages come in', async () => {
  const hub = await makeHub();
  await countEntries(pool, [entry(hub, 'late', { agent: 'Mira' }), entry(hub, 'nobody', { agent: null })]);
  const early = Date.parse('2026-11-01T00:00:00Z');
  await countEntries(pool, [entry(hub, 'early', { time: early })]);
  expect(await database.firstSeen.findMany({ where: { hubId: hub } })).toEqual([
    { hubId: hub, person: 'Mira', at: new Date(early) },
  ]);
});

test('a hub deleted meanwhile is left out, the others count', async () => {
  const hub = await makeHub();
  await countEntries(pool, [entry(2_000_000, 'a'), entry(hub, 'a')]);
  expect(await daysOf(hub)).toEqual(['2026-11-20 git.receive 1']);
});

test('what was seen more than 7 days ago is forgotten, the counts stay', async () => {
  const hub = await makeHub();
  await countEntries(pool, [entry(hub, 'old'), entry(hub, 'new')]);
  await pool.query(`UPDATE entry_seen SET seen_at = now() - interval '8 days' WHERE message_id = 'old'`);
  await makeForgetTask(pool)({}, {} as JobHelpers);
  const left = await database.entrySeen.findMany({ where: { hubId: hub } });
  expect(left.map(({ messageId }) => messageId)).toEqual(['new']);
  expect(await daysOf(hub)).toEqual(['2026-11-20 git.receive 2']);
});
