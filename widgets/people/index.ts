import { defineWidget } from '../kind.ts';
import { type PeopleOwn, readPeople } from './read-people.ts';
import { type PeopleSettings, settings } from './settings.ts';

export const people = defineWidget<PeopleSettings, PeopleOwn>({
  kind: 'people',
  label: 'People',
  description: 'Who belongs here, who was active lately, who is new.',
  hubTypes: ['team'],
  column: 'right',
  settings,
  read: readPeople,
  needsRead: true,
  isEmpty: ({ total }) => total === 0,
  reloadOn: ['role', 'entry'],
  view: () => import('./view.tsx'),
  thumbnail: () => import('./thumbnail.tsx'),
});
