import { expect, test } from 'vitest';
import { openTestDatabase } from '../../testing/stores.ts';
import { readHubGroups } from './read-home.ts';

const { database } = await openTestDatabase();

test('of each kind the sixty that moved last are shown, and all that anybody may know of are counted', async () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 0, minute));
  await database.$transaction(async (tx) => {
    const { id: personId } = await tx.person.create({ data: { username: 'owner' } });
    const hubs = await tx.hub.createManyAndReturn({
      data: [
        ...Array.from({ length: 62 }, (_, n) => ({
          type: 'user' as const,
          name: `p${n}`,
          lastEntryAt: at(n),
        })),
        { type: 'team', name: 'quiet' },
        { type: 'team', name: 'lively', lastEntryAt: at(5) },
        { type: 'team', name: 'preview', lastEntryAt: at(1), visibility: 'preview' },
        { type: 'team', name: 'hidden', lastEntryAt: at(9), visibility: 'private' },
        { type: 'team', name: 'gone', lastEntryAt: at(9), archivedAt: at(9) },
        { type: 'team', name: 'news', teamKind: 'broadcast' },
        { type: 'stream', name: 'p1', visibility: 'private' },
      ],
    });
    await tx.role.createMany({
      data: hubs.map(({ id: hubId }) => ({ hubId, personId, name: 'owner', source: 'hubs' })),
    });
  });
  const groups = await readHubGroups(database);
  expect(groups.map(({ title, total }) => [title, total])).toEqual([
    ['Teams', 3],
    ['Announcements', 1],
    ['People', 62],
  ]);
  const names = groups.map(({ hubs }) => hubs.map(({ name }) => name));
  expect(names[0]).toEqual(['lively', 'preview', 'quiet']);
  expect(names[2]).toHaveLength(60);
  expect([names[2]?.[0], names[2]?.at(-1)]).toEqual(['p61', 'p2']);
});
