import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makePerson, viewerOf } from '../../testing/people.ts';
import { lookAt } from '../../testing/render-view.tsx';
import { openTestDatabase } from '../../testing/stores.ts';
import { contact } from './index.ts';
import { sayLocalTime } from './local-time.ts';
import { toChat } from './read-contact.ts';

const { database } = await openTestDatabase();

const now = Date.parse('2026-07-01T12:15:00Z');
const said = {
  country: 'US',
  timeZone: 'America/New_York',
  email: 'mira@example.org',
  chat: ['matrix://example.org/mira', 'irc://irc.example.net/mira_', 'mira'],
  websites: ['https://mira.example.org/', 'javascript:alert(1)'],
  memberSince: '2004-10-03',
};
const { person, hub } = await makePerson(database, 'mira', { contact: said });
const { person: jonas } = await makePerson(database, 'jonas');

test('a visitor sees what is for everybody, and nothing else leaves the server', async () => {
  const { text, html, own } = await lookAt(contact, { database, hub, now });
  expect(text).toBe(
    'Country United States Local time 08:15 (UTC−4) Websites mira.example.org Member since October 2004',
  );
  expect(JSON.stringify(own)).not.toContain('@');
  expect(html).not.toContain('javascript:');
});

test('signed-in people see e-mail and chat, too', async () => {
  const { html, text } = await lookAt(contact, {
    database,
    hub,
    now,
    viewer: await viewerOf(database, jonas.id),
  });
  expect(html).toContain('href="mailto:mira@example.org"');
  expect(html).toContain('href="https://matrix.to/#/%40mira%3Aexample.org"');
  expect(text).toContain('mira_ on irc.example.net');
});

test('one’s own hub says to whom each line is shown', async () => {
  await database.person.update({ where: { id: person.id }, data: { privacy: { country: 'nobody' } } });
  const mine = await lookAt(contact, { database, hub, now, viewer: await viewerOf(database, person.id) });
  expect(mine.text).toContain('United States Only you see this');
  expect(mine.text).toContain('mira@example.org Signed-in people see this');
  const admin = await viewerOf(database, jonas.id, { siteAdmin: true });
  expect((await lookAt(contact, { database, hub, now, viewer: admin })).text).not.toContain('United States');
});

test('who is private in the accounts shows nothing: the widget hides', async () => {
  const { hub: shy } = await makePerson(database, 'shy', { contact: { ...said, private: true } });
  const viewer = await viewerOf(database, jonas.id);
  expect(await lookAt(contact, { database, hub: shy, now, viewer })).toMatchObject({
    empty: true,
    own: { lines: [] },
  });
});

test('the widget’s own settings leave lines out', async () => {
  const { text } = await lookAt(contact, {
    database,
    hub,
    now,
    settings: { websites: false, memberSince: false },
  });
  expect(text).toBe('Local time 08:15 (UTC−4)');
});

test('whatever the accounts say, reading it never fails', async () => {
  const { person: odd, hub: theirs } = await makePerson(database, 'odd');
  const values = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.array(fc.string()),
    fc.constant('xx'),
  );
  const record = fc.record(
    { country: values, timeZone: values, email: values, chat: values, websites: values, memberSince: values },
    { requiredKeys: [] },
  );
  const clean = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll('\\u0000', ''));
  await fc.assert(
    fc.asyncProperty(record, async (given) => {
      await database.person.update({ where: { id: odd.id }, data: { contact: clean(given) } });
      const viewer = await viewerOf(database, odd.id);
      expect((await lookAt(contact, { database, hub: theirs, now, viewer })).text).not.toBe('');
    }),
    { numRuns: 40 },
  );
});

test('names of chats are put as people know them', () => {
  expect(toChat('matrix:/mira:example.org')).toEqual({
    text: '@mira:example.org',
    href: 'https://matrix.to/#/%40mira%3Aexample.org',
  });
  expect(toChat('irc:/mira')).toEqual({ text: 'mira', href: null });
  expect(toChat('javascript://x/y')).toEqual({ text: 'javascript://x/y', href: null });
});

test('offsets are as people write them', () => {
  expect(sayLocalTime('Asia/Kolkata', now)).toEqual({ time: '17:45', offset: 'UTC+5:30' });
  expect(sayLocalTime('Pacific/Auckland', now)).toEqual({ time: '00:15', offset: 'UTC+12' });
  expect(sayLocalTime('UTC', now)).toEqual({ time: '12:15', offset: 'UTC' });
});
