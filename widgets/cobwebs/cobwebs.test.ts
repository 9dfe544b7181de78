import { expect, test } from 'vitest';
import { makePerson, makeTeam, viewerOf } from '../../testing/people.ts';
import { lookAt } from '../../testing/render-view.tsx';
import { openTestDatabase } from '../../testing/stores.ts';
import { cobwebs } from './index.ts';

const { database } = await openTestDatabase();

const now = Date.now();
const daysAgo = (days: number) => new Date(now - days * 86_400_000);
const { person } = await makePerson(database, 'mira');
const made = await makeTeam(database, 'art', person.id, {
  mailingList: 'art@lists.example.org',
  createdAt: daysAgo(400),
});

test('an active team has none, and its owner does not see it either', async () => {
  for (const days of [0, 31]) {
    const hub = { ...made, lastEntryAt: daysAgo(days) };
    expect((await lookAt(cobwebs, { database, hub, now })).empty).toBe('for everybody');
  }
});

test('after 31 days it says since when, and how to wake the team', async () => {
  const hub = { ...made, lastEntryAt: daysAgo(33) };
  const visitor = await lookAt(cobwebs, { database, hub, now });
  expect(visitor.empty).toBe(false);
  expect(visitor.text).toContain('the last thing happened 4 weeks ago');
  expect(visitor.html).toContain('mailto:art@lists.example.org');
  const owner = await lookAt(cobwebs, { database, hub, now, viewer: await viewerOf(database, person.id) });
  expect(owner.text).toContain('under Development');
});

test('where the team can’t be asked nobody is told to ask it', async () => {
  const hub = { ...made, lastEntryAt: daysAgo(33) };
  expect((await lookAt(cobwebs, { database, hub, now })).text).toContain('A word to the team tells:');
  const mute = { ...hub, mailingList: null, chatUrl: null };
  expect((await lookAt(cobwebs, { database, hub: mute, now })).text).not.toContain('A word');
});

test('a team in which nothing ever happened counts from when it was made', async () => {
  expect((await lookAt(cobwebs, { database, hub: made, now })).text).toContain(
    'since it was made 13 months ago',
  );
  expect((await lookAt(cobwebs, { database, hub: { ...made, createdAt: daysAgo(3) }, now })).empty).toBe(
    'for everybody',
  );
});

test('an archived team says so, whatever happened last', async () => {
  const hub = { ...made, lastEntryAt: daysAgo(0), archivedAt: daysAgo(2) };
  const owner = await lookAt(cobwebs, { database, hub, now, viewer: await viewerOf(database, person.id) });
  expect(owner.text).toContain('This team was archived 2 days ago');
  expect(owner.text).toContain('take it out of the archive');
});
