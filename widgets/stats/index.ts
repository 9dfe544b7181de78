import { defineWidget } from '../kind.ts';
import { readStats, type StatsOwn } from './read-stats.ts';
import { type StatsSettings, settings } from './settings.ts';

export const stats = defineWidget<StatsSettings, StatsOwn>({
  kind: 'stats',
  label: 'Numbers',
  description: 'How many belong here, how many follow, how much happens.',
  hubTypes: ['user', 'team'],
  column: 'right',
  settings,
  read: readStats,
  needsRead: true,
  reloadOn: ['role', 'entry'],
  view: () => import('./view.tsx'),
  thumbnail: () => import('./thumbnail.tsx'),
});
