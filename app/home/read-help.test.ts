import { expect, test } from 'vitest';
import { makePerson, makeTeam } from '../../testing/people.ts';
import { openTestDatabase } from '../../testing/stores.ts';
import { readOpenRequests } from './read-help.ts';

const { database } = await openTestDatabase();

const now = Date.now();
const { person } = await makePerson(database, 'olga');
let teams = 0;
const makeHub = (data: Parameters<typeof makeTeam>[3] = {}) => {
  teams += 1;
  return makeTeam(database, `team-${teams}`, person.id, data);
};
const ask = (hubId: number, title: string, daysAgo: number, data: object = {}) =>
  database.helpRequest.create({
    data: { hubId, title, askedById: person.id, createdAt: new Date(now - daysAgo * 86_400_000), ...data },
  });

test('everybody sees what public teams need: who waits long first, two of a team at most', async () => {
  const [one, two] = [await makeHub(), await makeHub()];
  for (const [title, days] of [
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ] as const)
    await ask(one.id, title, days);
  await ask(two.id, 'waits', 9);
  for (const title of ['d', 'e']) await ask(two.id, title, 4);
  await ask(two.id, 'taken', 0, { state: 'taken', takenById: person.id, takenAt: new Date() });
  const open = await readOpenRequests(database, now);
  expect(open.map(({ title }) => title)).toEqual(['waits', 'a', 'b', expect.stringMatching(/^[de]$/)]);
  expect(open[0]).toMatchObject({ hub: { name: two.name, href: `/t/${two.name}` }, askedBy: 'olga' });
});

test('nothing of preview, private and archived hubs, nor of those that show requests to members only', async () => {
  for (const data of [
    { visibility: 'preview' },
    { visibility: 'private' },
    { archivedAt: new Date() },
  ] as const) {
    await ask((await makeHub(data)).id, 'hidden', 0);
  }
  const restricted = await makeHub({
    widgets: { create: { kind: 'help', column: 'left', place: 0, restricted: true } },
  });
  await ask(restricted.id, 'hidden', 0);
  expect((await readOpenRequests(database, now)).map(({ title }) => title)).not.toContain('hidden');
});
