import { expect, test } from 'vitest';
import { openTestDatabase } from '../testing/stores.ts';
import { endOtherSessions, endSession, findViewer, listSessions, startSession } from './sessions.ts';

const { pool, database } = await openTestDatabase();

const DAY = 86_400_000;
const ends = { SESSION_IDLE_MS: 7 * DAY, SESSION_MAX_MS: 30 * DAY };
let people = 0;
const newPerson = () =>
  database.person.create({ data: { username: `person${++people}`, fullName: 'A Person' } });
const start = (personId: number, siteAdmin = false) =>
  startSession(database, { personId, issuer: 'https://id.example.org/', siteAdmin, userAgent: 'Firefox' });

test('a session finds its person and their roles; the secret itself is nowhere in the database', async () => {
  const person = await newPerson();
  const hub = await database.hub.create({
    data: {
      type: 'team',
      name: 'team',
      groupName: 'team',
      roles: { create: { personId: person.id, name: 'member', source: 'hubs' } },
    },
  });
  const token = await start(person.id);
  const viewer = await findViewer(database, token, ends);
  expect(viewer?.person).toEqual({ id: person.id, username: person.username, fullName: 'A Person' });
  expect([...(viewer?.roles.get(hub.id) ?? [])]).toEqual(['member']);
  const { rows } = await pool.query('SELECT FROM session WHERE session::text LIKE $1', [`%${token}%`]);
  expect(rows).toEqual([]);
});

test('a guessed, an ended and an empty secret find nobody', async () => {
  const person = await newPerson();
  const token = await start(person.id);
  const viewer = await findViewer(database, token, ends);
  await endSession(database, person.id, viewer?.session ?? 0);
  for (const word of [token, '', 'guess']) expect(await findViewer(database, word, ends)).toBeNull();
});

test('a session ends when it is idle for long, and for good when it is old, however busy', async () => {
  const token = await start((await newPerson()).id);
  const now = Date.now();
  expect(await findViewer(database, token, ends, now + 6 * DAY)).not.toBeNull();
  // That look counts: six days more are idle, not twelve.
  expect(await findViewer(database, token, ends, now + 12 * DAY)).not.toBeNull();
  expect(await findViewer(database, token, ends, now + 20 * DAY)).toBeNull();
  const busy = await start((await newPerson()).id);
  for (let day = 0; day < 30; day += 5)
    expect(await findViewer(database, busy, ends, now + day * DAY)).not.toBeNull();
  expect(await findViewer(database, busy, ends, now + 31 * DAY)).toBeNull();
});

test('a banned person is nobody', async () => {
  const person = await newPerson();
  const token = await start(person.id);
  await database.person.update({ where: { id: person.id }, data: { bannedAt: new Date() } });
  expect(await findViewer(database, token, ends)).toBeNull();
});

test('a person sees and ends their own sessions, never others’', async () => {
  const [mine, theirs] = [await newPerson(), await newPerson()];
  const [first, second, other] = [await start(mine.id), await start(mine.id), await start(theirs.id)];
  const viewer = await findViewer(database, first, ends);
  const stranger = await findViewer(database, other, ends);
  if (!viewer || !stranger) throw new Error('both are signed in');
  await endSession(database, mine.id, stranger.session);
  expect(await findViewer(database, other, ends)).not.toBeNull();
  expect(await listSessions(database, viewer, ends)).toHaveLength(2);
  expect(await endOtherSessions(database, viewer)).toBe(1);
  expect(await findViewer(database, second, ends)).toBeNull();
  expect(await findViewer(database, first, ends)).not.toBeNull();
});

test('a site admin is one by hand or by the groups at sign-in', async () => {
  const [byHand, byGroup] = [await newPerson(), await newPerson()];
  await database.person.update({ where: { id: byHand.id }, data: { siteAdmin: true } });
  expect((await findViewer(database, await start(byHand.id), ends))?.siteAdmin).toBe(true);
  expect((await findViewer(database, await start(byGroup.id, true), ends))?.siteAdmin).toBe(true);
  expect((await findViewer(database, await start(byGroup.id), ends))?.siteAdmin).toBe(false);
});
