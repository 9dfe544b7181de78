import { defineWidget } from '../kind.ts';
import { type HelpOwn, readHelp } from './read-help.ts';
import { type HelpSettings, settings } from './settings.ts';

export const help = defineWidget<HelpSettings, HelpOwn>({
  kind: 'help',
  label: 'Requests for help',
  description: 'What help is needed for, whom to write, and a button to take it.',
  hubTypes: ['user', 'team', 'stream'],
  column: 'left',
  settings,
  read: readHelp,
  isEmpty: ({ requests }) => requests.length === 0,
  reloadOn: ['hub'],
  view: () => import('./view.tsx'),
  thumbnail: () => import('./thumbnail.tsx'),
});
