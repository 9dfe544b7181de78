import { expect, test } from 'vitest';
import { giveRole, makePerson, makeTeam, viewerOf } from '../../testing/people.ts';
import { lookAt } from '../../testing/render-view.tsx';
import { openTestDatabase } from '../../testing/stores.ts';
import { stats } from './index.ts';

const { database } = await openTestDatabase();

const now = Date.parse('2026-11-20T15:00:00Z');
const { person, hub: own } = await makePerson(database, 'mira');
const hub = await makeTeam(database, 'art', person.id);
await giveRole(database, hub.id, person.id, 'member');
const { person: other } = await makePerson(database, 'jonas');
await giveRole(database, hub.id, other.id, 'subscriber');

const count = (day: string, n: number, kind = 'git.receive') =>
  database.hubDay.create({ data: { hubId: hub.id, day: new Date(day), kind, n } });

test('nothing counted yet is said, not shown as a number without a reason', async () => {
  const { own: read, text } = await lookAt(stats, { database, hub, now });
  expect(read).toMatchObject({ members: 1, subscribers: 1, messages: 0, countedSince: null });
  expect(text).toContain('none came yet');
});

test('people count once, messages within the period count, and since when is said', async () => {
  await count('2025-01-01', 1000);
  await count('2026-11-20', 3);
  await count('2026-11-14', 4, 'bodhi.update.comment');
  await count('2026-11-13', 50);
  const week = await lookAt(stats, { database, hub, settings: { period: 'week' }, now });
  expect(week.own).toMatchObject({ members: 1, subscribers: 1, messages: 7, countedSince: null });
  expect(week.text).toContain('Messages of the last 7 days');
  expect((await lookAt(stats, { database, hub, now })).own.messages).toBe(57);
  await database.hubDay.deleteMany({ where: { day: new Date('2025-01-01') } });
  const year = await lookAt(stats, { database, hub, now });
  expect(year.text).toContain('Messages of the last year, counted since 13 November');
});

test('a person shows what they follow instead of members', async () => {
  await giveRole(database, hub.id, person.id, 'subscriber');
  const { text, own: read } = await lookAt(stats, { database, hub: own, now });
  expect(read.subscribedTo).toBe(1);
  expect(text).toContain('Subscribed to');
  expect(text).not.toContain('Members');
});

test('who looks is offered what they are not yet; who is both is offered nothing', async () => {
  const lookAs = async (id: number) =>
    (await lookAt(stats, { database, hub, viewer: await viewerOf(database, id), now })).html;
  const { html } = await lookAt(stats, { database, hub, now });
  expect(html).toContain(`action="/api/hubs/${hub.id}/roles"`);
  expect(html).toContain('href="/t/art/join"');
  const forSubscriber = await lookAs(other.id);
  expect(forSubscriber).not.toContain('<form');
  expect(forSubscriber).toContain('href="/t/art/join"');
  const forOwner = await lookAs(person.id);
  expect(forOwner).not.toContain('/join"');
  expect((await lookAt(stats, { database, hub: own, now })).html).not.toContain('/join"');
});
