import { defineWidget } from '../kind.ts';
import { type RulesOwn, readRules } from './read-rules.ts';
import { type RulesSettings, settings } from './settings.ts';

export const rules = defineWidget<RulesSettings, RulesOwn>({
  kind: 'rules',
  label: 'Community rules',
  description: 'Rules, owners, when the team meets, its list and its chat.',
  hubTypes: ['team'],
  column: 'right',
  settings,
  read: readRules,
  isEmpty: ({ owners, mailingList, chatUrl, hasSettings }) =>
    owners.length === 0 && !mailingList && !chatUrl && !hasSettings,
  reloadOn: ['hub', 'role'],
  view: () => import('./view.tsx'),
  thumbnail: () => import('./thumbnail.tsx'),
});
