// What fills a hub's feed, as message keys (activity/keys.ts).
import type { HubInfo } from './find-hub.ts';

type Owner = Pick<
  HubInfo,
  'type' | 'name' | 'groupName' | 'mailingList' | 'discourseTag' | 'projects' | 'packages' | 'membersActivity'
>;

/** Whether what members do anywhere stands in the team's feed: by default until the team names what it owns. */
export const showsMembersActivity = (hub: Owner): boolean =>
  hub.membersActivity ??
  (hub.projects.length === 0 && hub.packages.length === 0 && hub.discourseTag === null);

/** The keys whose messages go into the hub's feed; members' own activity comes through roles, not keys. */
export function feedKeys(hub: Owner): string[] {
  if (hub.type === 'user') return [`user:${hub.name}`];
  if (hub.type === 'stream') return [`concerns:${hub.name}`];
  return [
    ...(hub.groupName ? [`group:${hub.groupName}`] : []),
    ...hub.projects.map((project) => `project:${project}`),
    ...hub.packages.map((name) => `package:${name}`),
    ...(hub.discourseTag ? [`tag:${hub.discourseTag}`] : []),
    ...(hub.mailingList ? [`list:${hub.mailingList}`] : []),
  ];
}
