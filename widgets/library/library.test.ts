import { expect, test } from 'vitest';
import { giveRole, makePerson, makeTeam, viewerOf } from '../../testing/people.ts';
import { lookAt } from '../../testing/render-view.tsx';
import { openTestDatabase } from '../../testing/stores.ts';
import { library } from './index.ts';

const { database } = await openTestDatabase();

const { person } = await makePerson(database, 'mira');
const { person: member } = await makePerson(database, 'mio');
const hub = await makeTeam(database, 'art', person.id);
await giveRole(database, hub.id, member.id, 'member');
const owner = await viewerOf(database, person.id);

test('an empty library hides from visitors, and asks members for a first link', async () => {
  expect(await lookAt(library, { database, hub })).toMatchObject({
    empty: true,
    text: 'Nothing is in the library yet.',
  });
  const { text, html } = await lookAt(library, {
    database,
    hub,
    viewer: await viewerOf(database, member.id),
  });
  expect(text).toContain('add what a newcomer should read first');
  expect(html).toContain(`action="/api/hubs/${hub.id}/library"`);
});

test('links stand in their order, with picture, host and what is wrong with them', async () => {
  const add = (place: number, data: object) =>
    database.libraryLink.create({
      data: { hubId: hub.id, place, url: `https://example.org/${place}`, title: `Link ${place}`, ...data },
    });
  await add(2, { deadSince: new Date(Date.now() - 3 * 86_400_000) });
  await add(-1, { picture: 'data:image/png;base64,AA', description: 'How we <b>work</b>' });
  const { text, html } = await lookAt(library, { database, hub });
  expect(text).toMatch(
    /^Link -1 How we &lt;b&gt;work&lt;\/b&gt; example.org e? ?Link 2 example.org · does not answer, noticed 3 days ago$/,
  );
  expect(html).toContain('src="data:image/png;base64,AA"');
  expect(html).not.toContain('<form');
});

test('owners edit each link, members only add; what is more than n is folded', async () => {
  const forOwner = await lookAt(library, { database, hub, viewer: owner, settings: { n: 1 } });
  expect(forOwner.html.match(/<form/g)).toHaveLength(3);
  expect(forOwner.html).toContain('aria-label="Move Link 2 up"');
  expect(forOwner.text).toContain('1 more link');
  const forMember = await lookAt(library, { database, hub, viewer: await viewerOf(database, member.id) });
  expect(forMember.html.match(/<form/g)).toHaveLength(1);
});
