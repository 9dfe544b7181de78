import { expect, test } from 'vitest';
import { makePerson, makeTeam } from '../../testing/people.ts';
import { lookAt } from '../../testing/render-view.tsx';
import { openTestDatabase } from '../../testing/stores.ts';
import { listKinds } from '../registry.ts';
import { sample } from './index.ts';

const { database } = await openTestDatabase();

const { person } = await makePerson(database, 'mira');

test('it says its text to those who belong here', async () => {
  const hub = await makeTeam(database, 'art', person.id);
  const { text, empty } = await lookAt(sample, { database, hub, settings: { text: 'Good morning' } });
  expect(text).toBe('Good morning to 1 person');
  expect(empty).toBe(false);
});

test('where nobody belongs it says what will be there', async () => {
  const hub = await database.hub.create({ data: { type: 'team', name: 'bare', groupName: 'bare' } });
  expect(await lookAt(sample, { database, hub })).toMatchObject({ empty: true });
});

test('only who develops Hubs finds it in the library', () => {
  expect(listKinds('development')).toContain(sample);
  expect(listKinds('production')).not.toContain(sample);
});
