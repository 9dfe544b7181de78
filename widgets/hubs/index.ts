import { z } from 'zod';
import { defineWidget } from '../kind.ts';
import { type HubsOwn, readHubs } from './read-hubs.ts';

const settings = z.object({
  n: z
    .number()
    .int()
    .min(1)
    .max(60)
    .default(10)
    .meta({ label: 'Hubs shown', hint: 'The rest can be unfolded.' }),
});

export const hubs = defineWidget<z.output<typeof settings>, HubsOwn>({
  kind: 'hubs',
  label: 'Hubs',
  description: 'The teams this person belongs to, with their role there.',
  hubTypes: ['user'],
  column: 'right',
  settings,
  read: readHubs,
  isEmpty: ({ groups }) => groups.length === 0,
  reloadOn: ['role'],
  view: () => import('./view.tsx'),
  thumbnail: () => import('./thumbnail.tsx'),
});
