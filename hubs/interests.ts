// What fills a hub's feed, as message keys (activity/keys.ts).
import type { HubInfo } from './find-hub.ts';

type Owner = Pick<
  HubInfo,
  | 'type'
  | 'name'
  | 'groupName'
  | 'mailingList'
  | 'chatUrl'
  | 'calendar'
  | 'meetingName'
  | 'discourseTag'
  | 'projects'
  | 'packages'
>;

/** The names that meeting bots call a room by: `#design:example.org` and `#design` on Matrix, `#design` on IRC. */
function roomsOf(chatUrl: string | null): string[] {
  const matrix = /^https:\/\/matrix\.to\/#\/(#[^:/?]+)(:[^/?]+)/.exec(chatUrl ?? '');
  if (matrix) return [`${matrix[1]}${matrix[2]}`, `${matrix[1]}`];
  const irc = /^ircs?:\/\/[^/]+\/(?:#|%23)?([^/?#,]+)/.exec(chatUrl ?? '');
  return irc ? [`#${irc[1]}`] : [];
}

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
    ...(hub.mailingList ? [`list:${hub.mailingList.toLowerCase()}`] : []),
    ...(hub.calendar ? [`calendar:${hub.calendar}`] : []),
    ...(hub.meetingName ? [`meeting:${hub.meetingName}`] : []),
    ...roomsOf(hub.chatUrl).map((room) => `room:${room}`),
    `group:${(hub.groupName ?? hub.name).toLowerCase()}`,
  ];
}
