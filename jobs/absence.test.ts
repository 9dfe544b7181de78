// "While you were away" counts what the worker counted.
import { expect, test } from 'vitest';
import { readAbsence } from '../feeds/absence.ts';
import type { Entry } from '../feeds/feed-store.ts';
import type { ToldEntry } from '../feeds/told-entry.ts';
import { openTestDatabase } from '../testing/stores.ts';
import { countEntries } from './count-entries.ts';

const { pool, database } = await openTestDatabase();

const DAY = 86_400_000;
const now = Date.UTC(2026, 10, 24, 12);
/** A full feed, the newest at `newest`, a minute apart. */
const kept = (newest: number) =>
  Array.from({ length: 100 }, (_, n) => ({ time: newest - n * 60_000 })) as ToldEntry[];

let hubs = 0;
const makeHub = async () => {
  hubs += 1;
  const name = `away-${hubs}`;
  return (await database.hub.create({ data: { type: 'team', name, groupName: name } })).id;
};
const entry = (hub: number, messageId: string, time: number, kind = 'git.receive'): Entry => ({
  hub,
  messageId,
  time,
  topic: `org.example.dev.${kind}`,
  kind,
  agent: null,
  people: [],
  why: 'package:x',
  message: '{}',
});

test('a message in several feeds counts once, a hidden kind and other hubs not at all', async () => {
  const [one, two, other] = [await makeHub(), await makeHub(), await makeHub()];
  const times = Array.from({ length: 150 }, (_, n) => now - 3 * DAY + n * 60_000);
  await countEntries(pool, [
    ...times.flatMap((time, n) => [entry(one, `m${n}`, time), entry(two, `m${n}`, time)]),
    ...times.map((time, n) => entry(two, `hidden${n}`, time, 'loud.kind')),
    ...times.map((time, n) => entry(other, `other${n}`, time)),
    entry(one, 'before', now - 5 * DAY),
  ]);
  const told = kept(now - 2 * DAY);
  const given = { hubs: [one, two], kindsHidden: ['loud.kind'], now };
  expect((await readAbsence(database, now - 4 * DAY, told, given))?.older).toBe(130);
});

test('of a long absence the days before the last seven count as sums', async () => {
  const hub = await makeHub();
  const old = Array.from({ length: 200 }, (_, n) => entry(hub, `old${n}`, now - 20 * DAY));
  const ancient = entry(hub, 'ancient', now - 40 * DAY);
  const fresh = Array.from({ length: 100 }, (_, n) => entry(hub, `new${n}`, now - DAY));
  await countEntries(pool, [...old, ancient, ...fresh]);
  const given = { hubs: [hub], kindsHidden: [], now };
  const told = kept(now - DAY);
  expect((await readAbsence(database, now - 30 * DAY, told, given))?.older).toBe(280);
});
