import { z } from 'zod';
import { defineWidget } from '../kind.ts';
import { type AboutOwn, readAbout } from './read-about.ts';

const settings = z.object({
  text: z.string().max(20_000).default('').meta({ label: 'Text', hint: 'Markdown', input: 'markdown' }),
});

export const about = defineWidget<z.output<typeof settings>, AboutOwn>({
  kind: 'about',
  label: 'About',
  description: 'Who this is and what it is for, in words of your own.',
  hubTypes: ['user', 'team'],
  column: 'left',
  settings,
  read: readAbout,
  isEmpty: ({ html }) => html === '',
  reloadOn: ['hub'],
  view: () => import('./view.tsx'),
  thumbnail: () => import('./thumbnail.tsx'),
});
