import { expect, test } from 'vitest';
import { makePerson, makeTeam, viewerOf } from '../../testing/people.ts';
import { lookAt } from '../../testing/render-view.tsx';
import { openTestDatabase } from '../../testing/stores.ts';
import { about } from './index.ts';

const { database } = await openTestDatabase();

const { person } = await makePerson(database, 'mira');
const hub = await makeTeam(database, 'art', person.id);
const owner = await viewerOf(database, person.id);

test('the text stands there as safe HTML', async () => {
  const { html, empty } = await lookAt(about, { database, hub, settings: { text: '**We** draw. <b>x</b>' } });
  expect(html).toContain('<p><strong>We</strong> draw. &lt;b&gt;x&lt;/b&gt;</p>');
  expect(empty).toBe(false);
});

test('without a text it is empty, and says to each what can be done', async () => {
  const visitor = await lookAt(about, { database, hub });
  expect(visitor.empty).toBe(true);
  expect(visitor.text).toContain('an owner can tell what this team is for');
  const mine = await lookAt(about, { database, hub, viewer: owner });
  expect(mine.text).toContain('yet: tell what this team is for');
  expect(mine.html).toContain('href="/t/art/layout"');
  expect(visitor.html).not.toContain('/layout');
});
