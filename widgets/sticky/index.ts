import { z } from 'zod';
import { defineWidget } from '../kind.ts';
import { readSticky, type StickyOwn } from './read-sticky.ts';

const settings = z.object({
  text: z.string().max(5_000).default('').meta({ label: 'Text', hint: 'Markdown', input: 'markdown' }),
  colour: z.enum(['blue', 'green', 'yellow', 'red', 'grey']).default('blue').meta({ label: 'Colour' }),
});

export const sticky = defineWidget<z.output<typeof settings>, StickyOwn>({
  kind: 'sticky',
  label: 'Welcome',
  description:
    'A light box with a word for whoever comes; each reader can fold it away until its text changes.',
  hubTypes: ['team'],
  column: 'left',
  settings,
  read: readSticky,
  isEmpty: ({ html }) => html === '',
  reloadOn: ['hub'],
  view: () => import('./view.tsx'),
  thumbnail: () => import('./thumbnail.tsx'),
});
