import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  audienceOfLine,
  type ContactLine,
  contactLines,
  contactSchema,
  maySeeLine,
  privacySchema,
} from './contact.ts';
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

test('choices of an unknown form count as untouched, never as "everybody"', () => {
  fc.assert(
    fc.property(fc.anything(), (privacy) => {
      const parsed = privacySchema.parse(privacy);
      for (const line of contactLines satisfies readonly ContactLine[]) {
        expect(['everybody', 'signed-in', 'nobody']).toContain(audienceOfLine(line, {}, parsed));
      }
    }),
  );
  expect(privacySchema.parse({ email: 'all' })).toEqual({});
});
