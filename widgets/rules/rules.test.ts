import fc from 'fast-check';
import { expect, test } from 'vitest';
import { avatarOf } from '../../activity/avatar.ts';
import { giveRole, makePerson, makeTeam, viewerOf } from '../../testing/people.ts';
import { lookAt } from '../../testing/render-view.tsx';
import { openTestDatabase } from '../../testing/stores.ts';
import { parseSettings } from '../settings-form.ts';
import { rules } from './index.ts';
import { findTimes, sayLocal } from './times.ts';

const { database } = await openTestDatabase();

const { person } = await makePerson(database, 'mira', { fullName: 'Mira Lund' });
const hub = await makeTeam(database, 'art', person.id, {
  mailingList: 'art@lists.example.org',
  chatUrl: 'https://matrix.to/#/#art:example.org',
});

test('rules, owners, meetings, list and chat stand there', async () => {
  const noHub = await database.person.create({ data: { username: 'sponsor' } });
  await giveRole(database, hub.id, noHub.id, 'owner');
  await giveRole(database, hub.id, noHub.id, 'member');
  const { html, text, own } = await lookAt(rules, {
    database,
    hub,
    settings: {
      rulesLink: 'https://example.org/rules',
      scheduleText: 'Tuesdays at 14:00 UTC',
      minutesLink: 'https://example.org/minutes',
    },
  });
  expect(own.owners).toEqual([
    { username: 'mira', fullName: 'Mira Lund', hasHub: true, picture: avatarOf('mira') },
    { username: 'sponsor', fullName: '', hasHub: false, picture: avatarOf('sponsor') },
  ]);
  expect(own.ownersTotal).toBe(2);
  for (const href of [
    'https://example.org/rules',
    'https://example.org/minutes',
    '/u/mira',
    'mailto:art@lists.example.org',
  ]) {
    expect(html).toContain(`href="${href}"`);
  }
  expect(html).not.toContain('/u/sponsor');
  expect(text).toContain('Tuesdays at 14:00 UTC');
});

test('an owner who never signed in is linked to their page in the accounts system', async () => {
  const { html } = await lookAt(rules, {
    database,
    hub,
    userUrl: 'https://accounts.example.org/user/{name}',
  });
  expect(html).toContain('href="https://accounts.example.org/user/sponsor"');
  expect(html).not.toContain('https://accounts.example.org/user/mira');
});

test('a private person’s hub is not linked', async () => {
  const { person: hidden, hub: theirs } = await makePerson(database, 'hidden');
  await database.hub.update({ where: { id: theirs.id }, data: { visibility: 'private' } });
  const team = await makeTeam(database, 'secret', hidden.id);
  expect((await lookAt(rules, { database, hub: team })).own.owners).toEqual([
    { username: 'hidden', fullName: '', hasHub: false, picture: avatarOf('hidden') },
  ]);
});

test('more owners than fit stand on the page of the hub’s people, where the reader may see them', async () => {
  const crowd = await makeTeam(database, 'crowd', person.id);
  const owners = Array.from({ length: 13 }, (_, n) => ({ username: `owner-${n}` }));
  for (const { id } of await database.person.createManyAndReturn({ data: owners }))
    await giveRole(database, crowd.id, id, 'owner');
  const look = () => lookAt(rules, { database, hub: crowd });
  const { html, text } = await look();
  expect(html).toContain('href="/t/crowd/people?role=owner"');
  expect(text).toContain('All 14 owners');
  await database.widget.create({
    data: { hubId: crowd.id, kind: 'people', column: 'right', place: 0, restricted: true, settings: {} },
  });
  expect((await look()).text).toContain('2 more not shown');
});

test('a team of which nothing is known hides it; its owner is told what to say', async () => {
  const bare = await database.hub.create({ data: { type: 'team', name: 'bare', groupName: 'bare' } });
  expect(await lookAt(rules, { database, hub: bare })).toMatchObject({
    empty: true,
    text: 'Nothing is written here yet.',
  });
  const admin = await viewerOf(database, person.id, { siteAdmin: true });
  expect((await lookAt(rules, { database, hub: bare, viewer: admin })).text).toContain('where the rules are');
});

test('a link must be one a browser may open', () => {
  for (const link of [
    'javascript:alert(1)',
    'example.org',
    'https://me:secret@example.org',
    'file:///etc/passwd',
  ]) {
    expect(parseSettings(rules, { rulesLink: link })).toEqual({
      errors: { rulesLink: 'Give a whole address, such as https://example.org/page.' },
    });
  }
});

const summer = Date.parse('2026-07-01T12:00:00Z');

test('times are found in the sentence and said in the reader’s own time', () => {
  expect(findTimes('First Tuesday, 14:00 UTC or 2030 UTC.')).toEqual([
    { text: 'First Tuesday, ' },
    { text: '14:00 UTC', minutes: 840 },
    { text: ' or ' },
    { text: '2030 UTC', minutes: 1230 },
    { text: '.' },
  ]);
  expect(sayLocal(840, 'America/New_York', summer)).toBe('10:00 your time');
  expect(sayLocal(840, 'America/New_York', Date.parse('2026-12-01T12:00:00Z'))).toBe('09:00 your time');
  expect(sayLocal(60, 'America/New_York', summer)).toBe('21:00 your time, the day before');
  expect(sayLocal(23 * 60, 'Asia/Kolkata', summer)).toBe('04:30 your time, the day after');
  expect(sayLocal(840, 'UTC', summer)).toBeNull();
});

test('the pieces are the sentence, whatever is written', () => {
  const words = fc.array(fc.oneof(fc.constantFrom('14:00 UTC', '24:00 UTC', '9:05GMT', ' '), fc.string()));
  fc.assert(
    fc.property(words, (parts) => {
      const sentence = parts.join('');
      const pieces = findTimes(sentence);
      expect(pieces.map(({ text }) => text).join('')).toBe(sentence);
      for (const piece of pieces) if ('minutes' in piece) expect(piece.minutes).toBeLessThan(1440);
    }),
  );
});
