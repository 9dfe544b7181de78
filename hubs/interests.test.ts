import { expect, test } from 'vitest';
import { feedKeys } from './interests.ts';

const team = {
  type: 'team',
  name: 'Design',
  groupName: 'Design',
  mailingList: 'design@lists.example.org',
  chatUrl: 'https://matrix.to/#/#design:example.org',
  calendar: 'design',
  meetingName: 'design-meeting',
  discourseTag: 'design-team',
  projects: ['design/tracker'],
  packages: ['inkscape'],
} as const;
const keysOf = (given: object) => feedKeys({ ...team, projects: [], packages: [], ...given });

test('a team’s feed is filled by everything it owns', () => {
  expect(keysOf({ projects: team.projects, packages: team.packages })).toEqual([
    'package:inkscape',
    'project:design/tracker',
    'tag:design-team',
    'list:design@lists.example.org',
    'calendar:design',
    'meeting:design-meeting',
    'room:#design:example.org',
    'room:#design',
    'group:design',
  ]);
});

test.each([
  ['irc://irc.libera.chat/#design', ['room:#design']],
  ['ircs://irc.libera.chat/design', ['room:#design']],
  ['https://chat.example.org/design', []],
  [null, []],
])('the room of %s is %j', (chatUrl, rooms) => {
  expect(keysOf({ chatUrl }).filter((key) => key.startsWith('room:'))).toEqual(rooms);
});

test('a person’s hub has what they do, their stream what concerns them, without regard to case', () => {
  expect(keysOf({ type: 'user', name: 'Mira' })).toEqual(['user:mira']);
  expect(keysOf({ type: 'stream', name: 'Mira' })).toEqual(['concerns:mira']);
});
