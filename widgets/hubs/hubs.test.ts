import { expect, test } from 'vitest';
import { giveRole, makePerson, makeTeam, viewerOf } from '../../testing/people.ts';
import { lookAt } from '../../testing/render-view.tsx';
import { openTestDatabase } from '../../testing/stores.ts';
import { hubs } from './index.ts';
import type { HubsOwn } from './read-hubs.ts';

const { database } = await openTestDatabase();

const { person: mira, hub } = await makePerson(database, 'Mira');
const { person: jonas } = await makePerson(database, 'jonas');
const art = await makeTeam(database, 'art', mira.id);
await giveRole(database, art.id, mira.id, 'member');
const tools = await makeTeam(database, 'tools', jonas.id, { teamKind: 'project' });
await giveRole(database, tools.id, mira.id, 'member');
const news = await makeTeam(database, 'news', jonas.id, { teamKind: 'broadcast' });
await giveRole(database, news.id, mira.id, 'subscriber');
const secret = await makeTeam(database, 'secret', jonas.id, { visibility: 'private' });
await giveRole(database, secret.id, mira.id, 'member');

const said = ({ groups }: HubsOwn) =>
  groups.map(
    ({ title, hubs: shown }) => `${title}: ${shown.map(({ name, role }) => `${name} ${role}`).join(', ')}`,
  );

test('a visitor sees the teams one belongs to by kind, never private ones, never what one follows', async () => {
  expect(said((await lookAt(hubs, { database, hub })).own)).toEqual([
    'Teams: art Owner',
    'Projects: tools Member',
  ]);
});

test('on one’s own hub stands what one follows, too', async () => {
  const viewer = await viewerOf(database, mira.id);
  const { own, html } = await lookAt(hubs, { database, hub, viewer });
  expect(said(own)).toEqual([
    'Teams: art Owner, secret Member',
    'Projects: tools Member',
    'Announcements: news Subscribed',
  ]);
  expect(html).toContain('href="/t/art"');
});

test('who shares a private team sees it there', async () => {
  const { own } = await lookAt(hubs, { database, hub, viewer: await viewerOf(database, jonas.id) });
  expect(said(own)[0]).toBe('Teams: art Owner, secret Member');
});

test('archived teams are out of it', async () => {
  const old = await makeTeam(database, 'old', mira.id, { archivedAt: new Date() });
  expect(JSON.stringify((await lookAt(hubs, { database, hub })).own)).not.toContain('old');
  await database.hub.delete({ where: { id: old.id } });
});

test('what is more than n is folded away, not lost', async () => {
  const { html } = await lookAt(hubs, { database, hub, settings: { n: 1 } });
  expect(html).toMatch(/art.*<details><summary[^>]*>1 more hub<\/summary>.*tools/s);
});

test('who belongs nowhere is told what will stand here', async () => {
  const { hub: alone } = await makePerson(database, 'alone');
  expect(await lookAt(hubs, { database, hub: alone })).toMatchObject({ empty: true });
});
