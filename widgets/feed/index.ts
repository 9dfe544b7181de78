import { z } from 'zod';
import { defineWidget } from '../kind.ts';
import { type FeedOwn, readOwn } from './read-own.ts';

const settings = z.object({
  n: z.number().int().min(1).max(100).default(20).meta({ label: 'Entries shown' }),
});

export const feed = defineWidget<z.output<typeof settings>, FeedOwn>({
  kind: 'feed',
  label: 'Activity',
  description: 'What happens here, newest first, live.',
  hubTypes: ['user', 'team', 'stream'],
  column: 'left',
  settings,
  read: readOwn,
  needsRead: true,
  reloadOn: ['entry'],
  view: () => import('./view.tsx'),
  thumbnail: () => import('./thumbnail.tsx'),
});
