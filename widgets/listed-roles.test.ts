import { expect, test } from 'vitest';
import type { HubInfo } from '../hubs/find-hub.ts';
import type { Viewer } from '../hubs/viewer.ts';
import { listedRoles } from './listed-roles.ts';

type Widgets = Parameters<typeof listedRoles>[2];

const hubOf = (visibility: HubInfo['visibility']) =>
  ({ id: 1, type: 'team', name: 'crew', visibility, archivedAt: null }) as HubInfo;
const viewerWith = (...roles: ('member' | 'owner' | 'subscriber')[]): Viewer => ({
  person: { id: 1, username: 'mira', fullName: '' },
  siteAdmin: false,
  session: 0,
  roles: new Map([[1, new Set(roles)]]),
});
const widget = (role: string, who: 'open' | 'restricted' = 'open'): Widgets[number] => ({
  kind: 'people',
  restricted: who === 'restricted',
  settings: { role },
});
const [visitor, member, owner] = [null, viewerWith('member'), viewerWith('owner')];
const listed = (viewer: Viewer | null, widgets: Widgets, visibility: HubInfo['visibility'] = 'public') =>
  listedRoles(viewer, hubOf(visibility), widgets).join(' ');

test('who may read the hub sees its members and owners, with and without a widget', () => {
  expect(listed(visitor, [])).toBe('member owner');
  expect(listed(visitor, [widget('owner')])).toBe('member owner');
  expect(listed(visitor, [], 'preview')).toBe('');
  expect(listed(viewerWith('subscriber'), [widget('member')], 'preview')).toBe('');
  expect(listed(member, [], 'preview')).toBe('member owner');
  expect(listed(visitor, [], 'private')).toBe('');
});

test('whom a widget keeps to members are kept to members here, too; not those whom another shows to everybody', () => {
  expect(listed(visitor, [widget('member', 'restricted')])).toBe('');
  expect(listed(visitor, [widget('owner', 'restricted')])).toBe('');
  expect(listed(member, [widget('member', 'restricted')])).toBe('member owner');
  expect(listed(visitor, [widget('member', 'restricted'), widget('owner')])).toBe('owner');
  expect(listed(visitor, [widget('member'), widget('subscriber', 'restricted')])).toBe('member owner');
});

test('subscribers are listed where a widget shows them, and to owners', () => {
  expect(listed(member, [widget('member')])).toBe('member owner');
  expect(listed(owner, [widget('member')])).toBe('member owner subscriber');
  expect(listed(visitor, [widget('subscriber')])).toBe('member owner subscriber');
  expect(listed(visitor, [widget('subscriber', 'restricted')])).toBe('');
  expect(listed(member, [widget('subscriber', 'restricted')])).toBe('member owner subscriber');
});

test('a widget whose settings are not valid any more, or of another kind, shows nobody', () => {
  expect(listed(visitor, [widget('boss'), widget('member', 'restricted')])).toBe('');
  expect(listed(visitor, [{ ...widget('member', 'restricted'), kind: 'feed' }])).toBe('member owner');
});
