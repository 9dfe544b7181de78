import { expect, test } from 'vitest';
import { giveRole, makePerson, makeTeam, viewerOf } from '../testing/people.ts';
import { openTestDatabase } from '../testing/stores.ts';
import { sayInterest } from './say-interest.ts';

const { database } = await openTestDatabase();

const [owner, member, follower] = [
  await makePerson(database, 'olga'),
  await makePerson(database, 'mira'),
  await makePerson(database, 'felix'),
];
const garden = await makeTeam(database, 'garden', owner.person.id);
await giveRole(database, garden.id, member.person.id, 'member');
await giveRole(database, garden.id, follower.person.id, 'subscriber');
await giveRole(database, owner.hub.id, follower.person.id, 'subscriber');
const say = async (key: string, who: typeof owner, hub = garden) =>
  sayInterest(key, hub, await viewerOf(database, who.person.id));

test('an owner owns what the team owns, and is led to the setting', async () => {
  expect(await say('package:guake', owner)).toEqual({
    sentence: 'package guake, which you own as an owner of the team garden',
    set: { href: '/t/garden/settings/development', label: 'the settings of garden' },
  });
  expect((await say('list:garden@lists.example.org', owner)).set?.href).toBe('/t/garden/settings/list');
});

test('members and followers are told what they are to the team, and are led to it', async () => {
  expect(await say('package:guake', member)).toEqual({
    sentence: 'package guake, which the team garden owns; you belong to the team garden',
    set: { href: '/t/garden', label: 'garden' },
  });
  expect((await say('tag:garden', follower)).sentence).toBe(
    'discussions tagged garden, which the team garden owns; you follow the team garden',
  );
});

test.each([
  ['user:bjarke', 'bjarke did it, a member of the team garden; you follow the team garden'],
  ['group:garden', 'it is about the team garden itself; you follow the team garden'],
  [
    'room:#garden:example.org',
    'chat room #garden:example.org, which the team garden owns; you follow the team garden',
  ],
])('%s is said', async (key, sentence) => {
  expect((await say(key, follower)).sentence).toBe(sentence);
});

test('of a person it is what they do, of oneself what one did', async () => {
  expect((await say('user:olga', follower, owner.hub)).sentence).toBe('it is what olga did; you follow olga');
  expect((await say('user:olga', owner, owner.hub)).sentence).toBe('it is what you did yourself');
});

test('one’s own stream has what addresses one', () => {
  expect(sayInterest('concerns:mira', { ...garden, type: 'stream' }, null)).toEqual({
    sentence: 'it addresses, mentions, assigns or asks you',
    set: null,
  });
});
