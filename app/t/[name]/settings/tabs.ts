// The tabs of a team hub's settings, in their order.
const tabs = [['people', 'People']] as const;

export const listTabs = (): readonly (readonly [string, string])[] => tabs;

export const hasTab = (tab: string): boolean => tabs.some(([name]) => name === tab);

/** `/t/design/settings/people` */
export const tabPath = (hub: string, tab: string): string => `${hub}/settings/${tab}`;
