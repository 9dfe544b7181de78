import { z } from 'zod';
import { defineWidget } from '../kind.ts';
import { type LibraryOwn, readLibrary } from './read-library.ts';

const settings = z.object({
  n: z
    .number()
    .int()
    .min(1)
    .max(50)
    .default(4)
    .meta({ label: 'Links shown', hint: 'The rest can be unfolded.' }),
});

export const library = defineWidget<z.output<typeof settings>, LibraryOwn>({
  kind: 'library',
  label: 'Library',
  description: 'Links worth keeping, with a picture each: guides, schedules, tools.',
  hubTypes: ['user', 'team'],
  column: 'right',
  settings,
  read: readLibrary,
  isEmpty: ({ links }) => links.length === 0,
  reloadOn: ['hub'],
  view: () => import('./view.tsx'),
  thumbnail: () => import('./thumbnail.tsx'),
});
