import { defineWidget } from '../kind.ts';
import { type FeedOwn, readOwn } from './read-own.ts';
import { type FeedSettings, settings } from './settings.ts';

export const feed = defineWidget<FeedSettings, FeedOwn>({
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
