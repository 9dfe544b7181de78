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
    const eyes = lookAs(as, owner, hub);
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

test('only who may change the hub can look as others; anything else is no way of looking', () => {
  expect(readViewAs('member', owner, hub)).toBe('member');
  expect(readViewAs('owner', owner, hub)).toBeNull();
  expect(readViewAs(['member'], owner, hub)).toBeNull();
  expect(readViewAs('visitor', lookAs('member', owner, hub), hub)).toBeNull();
  expect(readViewAs('toString', owner, hub)).toBeNull();
});
