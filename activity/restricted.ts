import { isRecord } from '../bus/bad-message.ts';

const DEPTH = 4;

/**
 * Whether a message is about something that not everybody may see: a private repository, ticket or comment, a bug
 * restricted to groups. Asked of every message, whatever its service, because a leak can't be taken back.
 */
export function isRestricted(body: unknown, depth = DEPTH): boolean {
  if (!isRecord(body))
    return Array.isArray(body) && depth > 0 && body.some((one) => isRestricted(one, depth - 1));
  if (body.private === true || body.is_private === true || body.isprivate === true) return true;
  if (body.visibility === 'private' || body.visibility === 'internal') return true;
  if (body.archetype === 'private_message') return true;
  if (isRecord(body.bug) && Array.isArray(body.bug.groups) && body.bug.groups.length > 0) return true;
  return depth > 0 && Object.values(body).some((value) => isRestricted(value, depth - 1));
}
