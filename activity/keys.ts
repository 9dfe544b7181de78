// The keys of a message: what interests (hubs and widgets) are compared with.
import type { Message } from '../bus/message.ts';
import type { Activity, Key } from './activity.ts';
import { isRestricted } from './restricted.ts';
import { isUserName } from './words.ts';

/**
 * The keys a message meets: `user:` who did it, `concerns:` whom else it addresses, mentions, assigns or asks, then
 * packages, projects, groups, tags, lists, and its topic after the environment and category.
 *
 * The accounts system compares the names of people and groups without regard to case, so `user:`, `concerns:` and
 * `group:` keys are lower-case; interests must be too, and those in `list:`. What can't be a user name, such as the
 * address of somebody unknown, is nobody's key. A message about something restricted has no keys; what Hubs itself
 * says of a private hub has those of that hub and of whom it concerns, and never `user:`, which public feeds show.
 */
export function keysOf(message: Message, activity: Activity): Key[] {
  const restricted = isRestricted(message.body);
  if (restricted && message.category !== 'hubs') return [];
  const agent = activity.agent && isUserName(activity.agent) ? activity.agent.toLowerCase() : undefined;
  const concerned = activity.concerns.filter(isUserName).map((name) => name.toLowerCase());
  const near: Key[] = [
    ...concerned.filter((name) => name !== agent).map((name) => `concerns:${name}` as const),
    ...activity.groups.map((name) => `group:${name.toLowerCase()}` as const),
  ];
  if (restricted) return [...new Set(near)];
  const keys: Key[] = [
    ...(agent ? [`user:${agent}` as const] : []),
    ...concerned.filter((name) => name !== agent).map((name) => `concerns:${name}` as const),
    ...activity.packages.map((name) => `package:${name}` as const),
    ...activity.groups.map((name) => `group:${name.toLowerCase()}` as const),
    ...activity.touches,
    `topic:${activity.kind}`,
    `category:${message.category}`,
  ];
  return [...new Set(keys)];
}
