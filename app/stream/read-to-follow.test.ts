import { expect, test } from 'vitest';
import type { Viewer } from '../../hubs/viewer.ts';
import type { RoleName } from '../../prisma/generated/enums.ts';
import { makePerson, makeTeam } from '../../testing/people.ts';
import { openTestDatabase } from '../../testing/stores.ts';
import { readTeamsToFollow } from './read-to-follow.ts';

const { database } = await openTestDatabase();
const { person: owner } = await makePerson(database, 'amara');
const { person } = await makePerson(database, 'bo');
const now = Date.now();
const DAY_MS = 86_400_000;

const names = ['docs', 'design', 'quality', 'python', 'kernel', 'secret'];
const teams = await Promise.all(
  names.map((name, at) =>
    makeTeam(database, name, owner.id, {
      lastEntryAt: new Date(now - at * 60_000),
      ...(name === 'docs' ? { visibility: 'preview' } : {}),
      ...(name === 'secret' ? { visibility: 'private' } : {}),
    }),
  ),
);

const offered = async (held: Record<string, RoleName>, cameAt = now - DAY_MS) => {
  const roles = teams.flatMap(({ id, name }) => (held[name] ? [[id, new Set([held[name]])] as const] : []));
  const viewer: Viewer = { person, siteAdmin: false, session: 1, roles: new Map(roles) };
  return (await readTeamsToFollow(database, viewer, new Date(cameAt), now)).map(({ name }) => name);
};

test('who came lately is offered three teams that moved last, none of theirs and none whose feed is for members', async () => {
  expect(await offered({})).toEqual(['design', 'quality', 'python']);
  expect(await offered({ design: 'member', quality: 'subscriber' })).toEqual(['python', 'kernel']);
});

test('nobody is offered any who follows three or has been here for more than a week', async () => {
  expect(await offered({ design: 'subscriber', quality: 'subscriber', python: 'subscriber' })).toEqual([]);
  expect(await offered({}, now - 8 * DAY_MS)).toEqual([]);
});
