import { expect, test } from 'vitest';
import { describe } from '../activity/describe.ts';
import type { Message } from '../bus/message.ts';
import { giveRole, makePerson, makeTeam, viewerOf } from '../testing/people.ts';
import { openTestDatabase } from '../testing/stores.ts';
import { makeEntry } from './make-entry.ts';
import { openFeeds } from './open-feeds.ts';
import { readEntry } from './read-entry.ts';
import { findSaved, readSaved, saveEntry, unsaveEntry } from './saved.ts';

const { url, pool, database } = await openTestDatabase();
const feeds = openFeeds({ FEEDS_URL: url, DATABASE_URL: url, DATABASE_DIRECT_URL: url }, pool);

const message: Message = {
  id: 'an id/with a slash?',
  topic: 'org.example.prod.nobodyknows.done',
  environment: 'prod',
  category: 'nobodyknows',
  time: Date.UTC(2026, 0, 1),
  severity: 'info',
  body: { agent: 'amara' },
};
const { person } = await makePerson(database, 'mira');
const owner = (await makePerson(database, 'olga')).person;
let teams = 0;
async function makeFeed() {
  teams += 1;
  const hub = await makeTeam(database, `team${teams}`, owner.id);
  await feeds.add([makeEntry(message, describe(message), { hub: hub.id, why: 'package:x' })]);
  return hub;
}

test('an entry is kept once, whole, also when its feed lets it go; and let go when its person wants', async () => {
  const hub = await makeFeed();
  const viewer = await viewerOf(database, person.id);
  const entry = await readEntry({ database, feeds, viewer }, hub, message.id);
  if (!entry) throw new Error('the feed keeps it');
  await saveEntry(database, viewer, hub, entry);
  await saveEntry(database, viewer, hub, entry);
  await feeds.clear(hub.id);
  expect(await readEntry({ database, feeds, viewer }, hub, message.id)).toBeNull();
  expect(await readSaved(database, viewer)).toMatchObject([
    {
      id: message.id,
      message,
      service: 'nobodyknows',
      kind: 'nobodyknows.done',
      sources: [{ hub: { id: hub.id } }],
    },
  ]);
  expect(await findSaved(database, viewer, [message.id, 'other'])).toEqual(new Set([message.id]));
  const other = await viewerOf(database, owner.id);
  await unsaveEntry(database, other, message.id);
  expect([await readSaved(database, other), await findSaved(database, other, [message.id])]).toEqual([
    [],
    new Set(),
  ]);
  await unsaveEntry(database, viewer, message.id);
  expect(await readSaved(database, viewer)).toEqual([]);
});

test('what is of a hub that one may not read any more is not shown', async () => {
  const hub = await makeFeed();
  await giveRole(database, hub.id, person.id, 'member');
  const viewer = await viewerOf(database, person.id);
  const entry = await readEntry({ database, feeds, viewer }, hub, message.id);
  if (!entry) throw new Error('the feed keeps it');
  await saveEntry(database, viewer, hub, entry);
  const closed = await database.hub.update({ where: { id: hub.id }, data: { visibility: 'private' } });
  expect(await readSaved(database, viewer)).toHaveLength(1);
  await database.role.deleteMany({ where: { personId: person.id, hubId: hub.id } });
  expect(await readSaved(database, await viewerOf(database, person.id))).toEqual([]);
  expect(await readEntry({ database, feeds, viewer: null }, closed, message.id)).toBeNull();
});
