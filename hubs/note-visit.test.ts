import { expect, test } from 'vitest';
import { makePerson } from '../testing/people.ts';
import { openTestDatabase } from '../testing/stores.ts';
import { noteVisit, readAwaySince } from './note-visit.ts';

const { database } = await openTestDatabase();

const MINUTE = 60_000;
let people = 0;
async function visitor() {
  people += 1;
  const { person, hub } = await makePerson(database, `visitor${people}`);
  const start = Date.UTC(2026, 10, 24);
  return {
    look: (minute: number) => noteVisit(database, person.id, hub.id, start + minute * MINUTE),
    /** In minutes. */
    async awaySince(minute: number) {
      const since = await readAwaySince(database, person.id, hub.id, start + minute * MINUTE);
      return since === null ? null : (since - start) / MINUTE;
    },
    visits: async () => (await database.visit.findFirstOrThrow({ where: { personId: person.id } })).count,
  };
}

test('who comes for the first time was not away, and neither is who looks again within half an hour', async () => {
  const { look, awaySince } = await visitor();
  expect(await awaySince(0)).toBeNull();
  await look(0);
  expect(await awaySince(1)).toBeNull();
  await look(29);
  await look(58);
  expect(await awaySince(60)).toBeNull();
});

test('who comes back was away since they looked last, and that stays true as long as they are back', async () => {
  const { look, awaySince, visits } = await visitor();
  await look(0);
  await look(5);
  expect(await awaySince(40)).toBe(5);
  await look(40);
  expect(await awaySince(41)).toBe(5);
  await look(60);
  expect(await awaySince(60)).toBe(5);
  expect(await awaySince(100)).toBe(60);
  expect(await visits()).toBe(3);
});

test('looking again within ten minutes is the same visit', async () => {
  const { person, hub } = await makePerson(database, 'again');
  const now = Date.now();
  const visits = () => database.visit.findFirst({ where: { hubId: hub.id } });
  await noteVisit(database, person.id, hub.id, now);
  await noteVisit(database, person.id, hub.id, now + 60_000);
  expect(await visits()).toMatchObject({ count: 1, lastAt: new Date(now + 60_000) });
  await noteVisit(database, person.id, hub.id, now + 3_600_000);
  expect(await visits()).toMatchObject({ count: 2 });
});
