import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contactLines, contactSchema, maySeeLine, privacySchema } from './contact.ts';
import type { Viewer } from './viewer.ts';

const viewer = (id: number): Viewer => ({
  person: { id, username: `p${id}`, fullName: '' },
  siteAdmin: true,
  session: 1,
  roles: new Map(),
});
const seen = (who: Viewer | null, contact: object, privacy: object) =>
  contactLines.filter((line) =>
    maySeeLine(who, 1, line, contactSchema.parse(contact), privacySchema.parse(privacy)),
  );

test('untouched, e-mail and chat go to signed-in people only', () => {
  expect(seen(null, {}, {})).toEqual(['country', 'time', 'websites', 'memberSince']);
  expect(seen(viewer(2), {}, {})).toEqual([...contactLines]);
});

test('who is private in the accounts shows nothing, but for what they chose; to themselves everything', () => {
  expect(seen(viewer(2), { private: true }, {})).toEqual([]);
  expect(seen(null, { private: true }, { email: 'everybody', chat: 'signed-in' })).toEqual(['email']);
  expect(seen(viewer(1), { private: true }, { email: 'nobody' })).toEqual([...contactLines]);
});

test('what is "nobody" is for nobody else, a site admin neither', () => {
  expect(seen(viewer(2), {}, { country: 'nobody' })).not.toContain('country');
});

test('a choice in words nobody knows means nobody, and leaves the others alone', () => {
  const privacy = { email: 'nobody', country: 'all', extra: true };
  expect(seen(viewer(2), {}, privacy)).toEqual(['time', 'chat', 'websites', 'memberSince']);
  fc.assert(
    fc.property(fc.constantFrom(...contactLines), fc.anything(), (line, chosen) => {
      fc.pre(chosen !== undefined && chosen !== 'everybody');
      expect(seen(null, {}, { [line]: chosen })).not.toContain(line);
    }),
  );
});
