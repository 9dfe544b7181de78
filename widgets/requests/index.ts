import { defineWidget } from '../kind.ts';
import { type RequestsOwn, readRequests } from './read-requests.ts';
import { type RequestsSettings, settings } from './settings.ts';

export const requests = defineWidget<RequestsSettings, RequestsOwn>({
  kind: 'requests',
  label: 'Waiting for approval',
  description: 'Who asks to join the teams you own, and what became of your own requests.',
  hubTypes: ['user', 'stream'],
  column: 'right',
  settings,
  read: readRequests,
  reloadOn: ['role'],
  view: () => import('./view.tsx'),
});
