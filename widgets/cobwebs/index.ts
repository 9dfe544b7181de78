import { z } from 'zod';
import { defineWidget } from '../kind.ts';
import { type CobwebsOwn, readCobwebs } from './read-cobwebs.ts';

const settings = z.object({});

export const cobwebs = defineWidget<z.output<typeof settings>, CobwebsOwn>({
  kind: 'cobwebs',
  label: 'Cobwebs',
  description: 'Appears by itself when nothing happened for a month: since when, and how to wake the team.',
  hubTypes: ['team'],
  column: 'left',
  settings,
  read: readCobwebs,
  isEmpty: ({ state }) => (state === 'active' ? 'for everybody' : false),
  reloadOn: ['entry', 'hub'],
  view: () => import('./view.tsx'),
  thumbnail: () => import('./thumbnail.tsx'),
});
