// What fills a hub's feed, as message keys (activity/keys.ts).
import type { HubInfo } from './find-hub.ts';

type Owner = Pick<
  HubInfo,
  'type' | 'name' | 'groupName' | 'mailingList' | 'discourseTag' | 'projects' | 'packages'
>;

/**
 * The keys whose messages go into the hub's feed. What members of a team do anywhere comes through their roles
 * instead (jobs/find-interests.ts), so that it holds from the moment somebody joins.
 */
export function feedKeys(hub: Owner): string[] {
  const person = hub.name.toLowerCase();
  if (hub.type === 'user') return [`user:${person}`];
  if (hub.type === 'stream') return [`concerns:${person}`];
  return [
    ...hub.packages.map((name) => `package:${name}`),
    ...hub.projects.map((project) => `project:${project}`),
    ...(hub.discourseTag ? [`tag:${hub.discourseTag}`] : []),
    ...(hub.mailingList ? [`list:${hub.mailingList}`] : []),
    ...(hub.groupName ? [`group:${hub.groupName.toLowerCase()}`] : []),
  ];
}
