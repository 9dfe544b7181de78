import { expect, test } from 'vitest';
import { describe } from '../../../activity/describe.ts';
import type { Message } from '../../../bus/message.ts';
import { readTopic } from '../../../bus/topic.ts';
import { makeEntry } from '../../../feeds/make-entry.ts';
import { openFeeds } from '../../../feeds/open-feeds.ts';
import { createPerson } from '../../../hubs/create-person.ts';
import { hide } from '../../../hubs/hidden.ts';
import { makePerson, makeTeam, viewerOf } from '../../../testing/people.ts';
import { openTestDatabase } from '../../../testing/stores.ts';
import { readActions } from './read-actions.ts';

const { url, pool, database } = await openTestDatabase();
const feeds = openFeeds({ FEEDS_URL: url, DATABASE_URL: url, DATABASE_DIRECT_URL: url }, pool);

const HOUR = 3_600_000;
const now = Date.UTC(2026, 10, 24);
const { person: asker } = await makePerson(database, 'asker');
const { hubs } = await database.$transaction((tx) => createPerson(tx, { username: 'Olga', fullName: null }));
const [own, stream] = hubs;
if (!own || !stream) throw new Error('a person has both hubs');
const { id } = await database.person.findUniqueOrThrow({ where: { username: 'olga' } });
const garden = await makeTeam(database, 'garden', id);
const kitchen = await makeTeam(database, 'kitchen', asker.id);

const issue = (id: string, hoursAgo: number, status = 'Open', assignee = 'olga'): Message => {
  const topic = 'io.pagure.prod.pagure.issue.assigned.added';
  return {
    ...readTopic(topic),
    id,
    topic,
    time: now - hoursAgo * HOUR,
    severity: 'info',
    body: {
      agent: 'amara',
      project: { name: 'tracker', fullname: 'garden/tracker' },
      issue: { id: Number(id.replace(/\D/g, '')), title: 'Dig', status, assignee: { name: assignee } },
    },
  };
};
const read = async () => readActions({ database, feeds }, await viewerOf(database, id), stream);
const titles = async () => (await read()).map(({ what, title }) => `${what}: ${title}`);

test('what waits for somebody stands in one list, who waits longest first', async () => {
  await database.joinRequest.create({
    data: { hubId: garden.id, personId: asker.id, createdAt: new Date(now - 3 * HOUR) },
  });
  await database.joinRequest.create({ data: { hubId: kitchen.id, personId: id } });
  const help = { hubId: kitchen.id, title: 'Wash up', askedById: asker.id };
  await database.helpRequest.create({
    data: { ...help, state: 'taken', takenById: id, takenAt: new Date(now - 5 * HOUR) },
  });
  await database.helpRequest.create({ data: { ...help, title: 'Nobody took it' } });
  const messages = [issue('i7', 4), issue('i8', 9, 'Closed'), issue('i9', 1, 'Open', 'somebody')];
  await feeds.add(
    messages.map((one) => makeEntry(one, describe(one), { hub: stream.id, why: 'concerns:olga' })),
  );
  expect(await titles()).toEqual([
    'help: Wash up',
    'assigned: garden/tracker#7: Dig',
    'decide: asker asks to join garden',
  ]);
  expect((await read())[2]).toMatchObject({ href: '/t/garden/settings/people', since: now - 3 * HOUR });
});

test('what one did oneself about a ticket counts as well: closed, it waits no more', async () => {
  const closed = { ...issue('i70', 2), body: { ...issue('i7', 2, 'Closed').body, agent: 'olga' } };
  await feeds.add([makeEntry(closed, describe(closed), { hub: own.id, why: 'user:olga' })]);
  expect(await titles()).not.toContain('assigned: garden/tracker#7: Dig');
});

test('a ticket whose entry is hidden is put away', async () => {
  const given = issue('i11', 1);
  await feeds.add([makeEntry(given, describe(given), { hub: stream.id, why: 'concerns:olga' })]);
  expect(await titles()).toContain('assigned: garden/tracker#11: Dig');
  await hide(database, await viewerOf(database, id), 'entry', 'i11');
  expect(await titles()).not.toContain('assigned: garden/tracker#11: Dig');
});

test('a team whose group looks wrong waits for site admins, and for nobody else', async () => {
  await database.groupReading.create({
    data: {
      hubId: kitchen.id,
      problem: '9 of 10 people would leave kitchen.',
      problemAt: new Date(now - 99 * HOUR),
    },
  });
  expect((await titles()).join()).not.toContain('does not follow');
  const admin = await viewerOf(database, id, { siteAdmin: true });
  expect((await readActions({ database, feeds }, admin, stream))[0]).toMatchObject({
    title: 'kitchen does not follow its group',
    href: '/t/kitchen/settings/people',
    words: '9 of 10 people would leave kitchen.',
  });
});
