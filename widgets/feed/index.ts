import { z } from 'zod';
import { readFeed } from '../../feeds/read-feed.ts';
import { defineWidget } from '../kind.ts';
import { type FeedOwn, toItems } from './items.ts';

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
  read: async ({ database, feeds, viewer, filter }, hub, { n }) => {
    const entries = (await readFeed({ database, feeds, viewer }, hub, { limit: n, ...filter })) ?? [];
    return { items: await toItems(database, entries, viewer) };
  },
  needsRead: true,
  reloadOn: ['entry'],
  view: () => import('./view.tsx'),
});
