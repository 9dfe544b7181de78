// The smallest whole widget: copy this folder to begin one of your own (docs/widgets.md).
import { z } from 'zod';
import { defineWidget } from '../kind.ts';
import { readSample, type SampleOwn } from './read-sample.ts';

const settings = z.object({
  text: z.string().trim().max(200).default('Hello').meta({ label: 'Text', hint: 'What the widget says.' }),
});

export const sample = defineWidget<z.output<typeof settings>, SampleOwn>({
  kind: 'sample',
  label: 'Sample',
  description: 'Says a text and how many people belong here: for those who write widgets.',
  hubTypes: ['user', 'team'],
  column: 'right',
  settings,
  read: readSample,
  isEmpty: ({ people }) => people === 0,
  reloadOn: ['role', 'hub'],
  view: () => import('./view.tsx'),
  thumbnail: () => import('./thumbnail.tsx'),
  onlyInDevelopment: true,
});
