import { defineWidget } from '../kind.ts';
import { type ContactOwn, readContact } from './read-contact.ts';
import { type ContactSettings, settings } from './settings.ts';

export const contact = defineWidget<ContactSettings, ContactOwn>({
  kind: 'contact',
  label: 'Contact',
  description: 'Where this person is, what time it is there, and how to reach them, as far as they allow.',
  hubTypes: ['user'],
  column: 'right',
  settings,
  read: readContact,
  isEmpty: ({ lines }) => lines.length === 0,
  reloadOn: ['hub'],
  view: () => import('./view.tsx'),
  thumbnail: () => import('./thumbnail.tsx'),
});
