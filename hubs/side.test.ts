import { expect, test } from 'vitest';
import { giveRole, makePerson, makeTeam, viewerOf } from '../testing/people.ts';
import { openTestDatabase } from '../testing/stores.ts';
import { HubError } from './hub-error.ts';
import { noteVisit } from './note-visit.ts';
import { orderSide, readSide } from './side.ts';

const { database } = await openTestDatabase();

const owner = (await makePerson(database, 'olga')).person;
const { person } = await makePerson(database, 'mira');
const teams = Object.fromEntries(
  await Promise.all(
    ['art', 'docs', 'web'].map(async (name) => {
      const { id } = await makeTeam(database, name, owner.id);
      await giveRole(database, id, person.id, 'subscriber');
      return [name, id] as const;
    }),
  ),
);
const viewer = await viewerOf(database, person.id);
const names = async () => (await readSide(database, viewer)).hubs.map(({ name }) => name);
const hub = (name: string) => teams[name] ?? 0;

test('hubs stand by visits until they are given an order; a new one comes last, and the order can be given up', async () => {
  await noteVisit(database, person.id, hub('web'));
  expect(await names()).toEqual(['web', 'art', 'docs']);
  await orderSide(database, viewer, { hub: hub('docs'), to: 'up' });
  expect(await names()).toEqual(['web', 'docs', 'art']);
  await orderSide(database, viewer, { hub: hub('web'), to: hub('art') });
  expect(await names()).toEqual(['docs', 'art', 'web']);
  await orderSide(database, viewer, { hub: hub('docs'), to: 'up' });
  expect(await names()).toEqual(['docs', 'art', 'web']);

  const late = await makeTeam(database, 'aaa', owner.id);
  await giveRole(database, late.id, person.id, 'stargazer');
  expect(await names()).toEqual(['docs', 'art', 'web', 'aaa']);

  await orderSide(database, viewer, null);
  expect(await names()).toEqual(['web', 'aaa', 'art', 'docs']);
});

test('what is not at the side has no place there', async () => {
  const other = await makeTeam(database, 'other', owner.id);
  for (const to of [0, 'up', 'down'] as const)
    await expect(orderSide(database, viewer, { hub: other.id, to })).rejects.toThrow(HubError);
  await expect(orderSide(database, viewer, { hub: hub('art'), to: other.id })).rejects.toThrow(HubError);
});
