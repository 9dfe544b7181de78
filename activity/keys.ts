// The keys of a message: what interests (hubs and widgets) are compared with.
import type { Message } from '../bus/message.ts';
import type { Activity, Key } from './activity.ts';
import { isRestricted } from './restricted.ts';

/**
 * The keys a message meets: `user:` who did it, `concerns:` whom else it addresses, mentions, assigns or asks, then
 * packages, projects, groups, tags, lists, and its topic after the environment and category.
 *
 * The accounts system compares the names of people and groups without regard to case, so `user:`, `concerns:` and
 * `group:` keys are lower-case; interests must be too. A message about something restricted has no keys.
 */
export function keysOf(message: Message, activity: Activity): Key[] {
  if (isRestricted(message.body)) return [];
  const agent = activity.agent?.toLowerCase();
  const concerned = activity.concerns.map((name) => name.toLowerCase()).filter((name) => name !== agent);
  const keys: Key[] = [
    ...(agent ? [`user:${agent}` as const] : []),
    ...concerned.map((name) => `concerns:${name}` as const),
    ...activity.packages.map((name) => `package:${name}` as const),
    ...activity.groups.map((name) => `group:${name.toLowerCase()}` as const),
    ...activity.touches,
    `topic:${activity.kind}`,
    `category:${message.category}`,
  ];
  return [...new Set(keys)];
}
