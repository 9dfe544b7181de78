import type { HubInfo } from '../../hubs/find-hub.ts';

/** The tabs of a hub's settings, in their order; each is a page. */
const tabs = [
  { tab: 'general', name: 'General', title: 'General settings', types: ['team', 'user'] },
  { tab: 'people', name: 'People', title: 'People', types: ['team'] },
  { tab: 'list', name: 'Mailing list', title: 'Mailing list', types: ['team'] },
  { tab: 'calendar', name: 'Calendar', title: 'Calendar', types: ['team'] },
  { tab: 'chat', name: 'Chat', title: 'Chat', types: ['team'] },
  { tab: 'development', name: 'Development', title: 'Development settings', types: ['team'] },
  { tab: 'other', name: 'Other', title: 'Other settings', types: ['team', 'user'] },
];

/** The tabs that a hub of this type has. */
export const tabsOf = (type: HubInfo['type']) => tabs.filter(({ types }) => types.includes(type));

/** `/t/design/settings/people` */
export const tabPath = (hub: string, tab: string): string => `${hub}/settings/${tab}`;
