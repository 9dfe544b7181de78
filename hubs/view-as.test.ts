import { expect, test } from 'vitest';
import type { HubInfo } from './find-hub.ts';
import { may } from './permissions.ts';
import { lookAs, readViewAs } from './view-as.ts';
import type { Viewer } from './viewer.ts';

const hub = { id: 1, type: 'team', visibility: 'preview', archivedAt: null } as HubInfo;
const owner: Viewer = {
  person: { id: 1, username: 'mira', fullName: '' },
  siteAdmin: true,
  session: 1,
  roles: new Map([[1, new Set(['owner', 'member'] as const)]]),
};

test('an owner sees what a visitor, a signed-in person and a member see, and no more', () => {
  const rights = (['visitor', 'person', 'member'] as const).map((as) => {
    const eyes = lookAs(as, hub);
    return [
      may(eyes, 'know', hub),
      may(eyes, 'follow', hub),
      may(eyes, 'readRestricted', hub),
      may(eyes, 'configure', hub),
    ];
  });
  expect(rights).toEqual([
    [true, false, false, false],
    [true, true, false, false],
    [true, true, true, false],
  ]);
});

test('through those eyes nothing shows that is the owner’s own', () => {
  const elsewhere = { ...hub, id: 2, visibility: 'private' } as HubInfo;
  const busy = { ...owner, roles: new Map([...owner.roles, [2, new Set(['member'] as const)]]) };
  expect(may(busy, 'know', elsewhere)).toBe(true);
  for (const as of ['visitor', 'person', 'member'] as const) {
    const eyes = lookAs(as, hub);
    expect(may(eyes, 'know', elsewhere)).toBe(false);
    expect(eyes?.person.id).not.toBe(owner.person.id);
  }
});

test('only who may change the hub can look as others; anything else is no way of looking', () => {
  expect(readViewAs('member', owner, hub)).toBe('member');
  expect(readViewAs('owner', owner, hub)).toBeNull();
  expect(readViewAs(['member'], owner, hub)).toBeNull();
  expect(readViewAs('visitor', lookAs('member', hub), hub)).toBeNull();
  expect(readViewAs('toString', owner, hub)).toBeNull();
});
