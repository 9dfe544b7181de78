import { expect, test } from 'vitest';
import type { RoleName } from '../prisma/generated/enums.ts';
import {
  type Action,
  audienceOf,
  may,
  mayAdminister,
  mayHear,
  maySeeWidget,
  maySettleHelp,
  type Subject,
} from './permissions.ts';
import type { Viewer } from './viewer.ts';

const hubOf = (given: Partial<Subject>): Subject => ({
  id: 1,
  type: 'team',
  visibility: 'public',
  archivedAt: null,
  ...given,
});
const somebody = (roles: RoleName[], siteAdmin = false): Viewer => ({
  person: { id: 1, username: 'mira', fullName: '' },
  siteAdmin,
  session: 1,
  roles: new Map([[1, new Set(roles)]]),
});
const viewers = {
  visitor: null,
  person: somebody([]),
  stargazer: somebody(['stargazer']),
  subscriber: somebody(['subscriber']),
  member: somebody(['member']),
  owner: somebody(['owner']),
  admin: somebody([], true),
};
const whoMay = (action: Action, hub: Subject) =>
  Object.entries(viewers)
    .filter(([, viewer]) => may(viewer, action, hub))
    .map(([name]) => name)
    .join(' ');

const everybody = 'visitor person stargazer subscriber member owner admin';
const signedIn = 'person stargazer subscriber member owner admin';
const members = 'member owner admin';
const owners = 'owner admin';

// Written by hand from the table of roles in the product's description.
test.each<[Action, string, string, string]>([
  ['know', everybody, everybody, members],
  ['read', everybody, members, members],
  ['readRestricted', members, members, members],
  ['follow', signedIn, signedIn, members],
  ['join', signedIn, signedIn, members],
  ['help', signedIn, signedIn, members],
  ['contribute', members, members, members],
  ['configure', owners, owners, owners],
  ['archive', owners, owners, owners],
])(
  '%s: of a public hub %s; of a preview hub %s; of a private hub %s',
  (action, ofPublic, ofPreview, ofPrivate) => {
    expect([
      whoMay(action, hubOf({ visibility: 'public' })),
      whoMay(action, hubOf({ visibility: 'preview' })),
      whoMay(action, hubOf({ visibility: 'private' })),
    ]).toEqual([ofPublic, ofPreview, ofPrivate]);
  },
);

test('a stream is nobody’s but its person’s, not even a site admin’s', () => {
  const stream = hubOf({ type: 'stream', visibility: 'private' });
  for (const action of ['know', 'read', 'readRestricted', 'configure'] as const) {
    expect(whoMay(action, stream)).toBe('owner');
  }
});

test('an archived hub can be read, followed, left and woken, and nothing else', () => {
  const hub = hubOf({ archivedAt: new Date() });
  expect(whoMay('read', hub)).toBe(everybody);
  expect(whoMay('follow', hub)).toBe(signedIn);
  for (const action of ['join', 'help', 'contribute', 'configure'] as const)
    expect(whoMay(action, hub)).toBe('');
  expect(whoMay('archive', hub)).toBe(owners);
});

test('a role in another hub gives nothing here', () => {
  expect(may(viewers.owner, 'configure', hubOf({ id: 2 }))).toBe(false);
});

test('restricted widgets are for members; of a preview hub everybody sees the others', () => {
  const preview = hubOf({ visibility: 'preview' });
  expect(maySeeWidget(null, preview, { restricted: false })).toBe(true);
  expect(maySeeWidget(viewers.subscriber, preview, { restricted: true })).toBe(false);
  expect(maySeeWidget(viewers.member, preview, { restricted: true })).toBe(true);
  expect(maySeeWidget(null, hubOf({ visibility: 'private' }), { restricted: false })).toBe(false);
});

test('a request for help is settled by who asked, who took it, and owners', () => {
  const person = (id: number, roles: RoleName[] = []): Viewer => {
    const somebodyElse = somebody(roles);
    return { ...somebodyElse, person: { ...somebodyElse.person, id } };
  };
  const request = { askedById: 7, takenById: 8 };
  const hub = hubOf({});
  expect([7, 8, 9].map((id) => maySettleHelp(person(id), hub, request))).toEqual([true, true, false]);
  expect(maySettleHelp(person(9, ['member']), hub, request)).toBe(false);
  expect(maySettleHelp(person(9, ['owner']), hub, request)).toBe(true);
  expect(maySettleHelp(null, hub, { askedById: 7, takenById: null })).toBe(false);
  expect(maySettleHelp(person(7), hubOf({ archivedAt: new Date() }), request)).toBe(false);
});

test('only a site admin administers', () => {
  expect([null, viewers.owner, viewers.admin].map(mayAdminister)).toEqual([false, false, true]);
});

test('notices go to those who may fetch what they speak of', () => {
  expect(audienceOf(hubOf({ visibility: 'preview' }))).toBe('members');
  expect(audienceOf(hubOf({ type: 'stream', visibility: 'private' }))).toBe('person');
  expect(mayHear(null, hubOf({}), 'public')).toBe(true);
  expect(mayHear(viewers.subscriber, hubOf({ visibility: 'preview' }), 'members')).toBe(false);
  expect(mayHear(viewers.member, hubOf({ visibility: 'preview' }), 'members')).toBe(true);
  expect(mayHear(viewers.member, hubOf({}), 'owners')).toBe(false);
});
