import { expect, test } from 'vitest';
import { makePerson, makeTeam, viewerOf } from '../../testing/people.ts';
import { lookAt } from '../../testing/render-view.tsx';
import { openTestDatabase } from '../../testing/stores.ts';
import { renderMarkdown } from '../../ui/markdown.ts';
import { parseSettings } from '../settings-form.ts';
import { sticky } from './index.ts';
import { firstLine } from './read-sticky.ts';

const { database } = await openTestDatabase();

const { person } = await makePerson(database, 'mira');
const hub = await makeTeam(database, 'art', person.id);

test('the box is open where nobody folded it, with its first line for when it is', async () => {
  const { html } = await lookAt(sticky, {
    database,
    hub,
    settings: { text: '# Welcome\n\nCome in.', colour: 'green' },
  });
  expect(html).toMatch(/^<details open=""/);
  expect(html).toContain('border-good');
  expect(html).toContain('>Welcome</span>');
  expect(html).toContain('<h3>Welcome</h3>\n<p>Come in.</p>');
});

test('another text is another edition: what was folded comes back', async () => {
  const edition = async (text: string) =>
    (await lookAt(sticky, { database, hub, settings: { text } })).own.edition;
  expect(await edition('One')).toBe(await edition('One'));
  expect(await edition('One')).not.toBe(await edition('Two'));
});

test('the first line is words, not marks, and not long', () => {
  expect(firstLine(renderMarkdown('- *a* & `<b>`\n- c'))).toBe('a & <b>');
  expect(firstLine(renderMarkdown(`${'x'.repeat(300)}\n\nb`))).toBe(`${'x'.repeat(120)}…`);
  expect(firstLine(renderMarkdown(''))).toBe('');
});

test('a colour that is none is refused at its field', () => {
  expect(parseSettings(sticky, { text: 'a', colour: 'url(x)' })).toEqual({
    errors: { colour: 'Choose one of: Blue, Green, Yellow, Red, Grey.' },
  });
});

test('without a text it is empty; its owner is told what it is for', async () => {
  const viewer = await viewerOf(database, person.id);
  const { empty, text } = await lookAt(sticky, { database, hub, viewer });
  expect(empty).toBe(true);
  expect(text).toContain('say a welcoming word. Who comes');
});
