import { expect, test } from 'vitest';
import { makePerson, makeTeam, viewerOf } from '../testing/people.ts';
import { openTestDatabase } from '../testing/stores.ts';
import { changeJoining } from './change-joining.ts';

const { database } = await openTestDatabase();

test('the second of two owners who change the way in is told, and the first keeps theirs', async () => {
  const { person } = await makePerson(database, 'olga');
  const hub = await makeTeam(database, 'garden', person.id);
  const asking = {
    viewer: await viewerOf(database, person.id),
    hubId: hub.id,
    baseUrl: 'http://localhost:3000',
  };
  const change = (version: number, joinText: string) =>
    changeJoining(database, asking, { version, joinMode: 'open', joinText });
  expect(await change(hub.version, 'Say hello.')).toBe('Saved.');
  await expect(change(hub.version, 'Wait.')).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('What you typed is still here'),
  });
  expect(await change(hub.version, 'Say hello.')).toBe('Nothing changed.');
  expect(await database.hub.findUnique({ where: { id: hub.id } })).toMatchObject({ joinText: 'Say hello.' });
  expect(await change(hub.version + 1, 'Wait.')).toBe('Saved.');
});
