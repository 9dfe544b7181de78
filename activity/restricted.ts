import { isRecord } from '../bus/bad-message.ts';

const DEPTH = 5;
/** GitLab's number for what everybody may see. */
const GITLAB_PUBLIC = 20;

/**
 * Whether a message is about something that not everybody may see: a private repository, a confidential ticket, a
 * private comment or conversation, a bug restricted to groups. Asked of every message, whatever its service, because
 * a leak can't be taken back: what is doubtful is restricted.
 */
export function isRestricted(value: unknown, depth = DEPTH): boolean {
  if (typeof value !== 'object' || value === null || depth < 0) return false;
  if (isRecord(value) && isMarkedRestricted(value)) return true;
  return Object.values(value).some((inner) => isRestricted(inner, depth - 1));
}

function isMarkedRestricted(one: Record<string, unknown>): boolean {
  if (one.private === true || one.is_private === true || one.isprivate === true) return true;
  if (one.confidential === true || one.archetype === 'private_message') return true;
  // People have a visibility as well; that of their profile hides no repository.
  const isPerson = 'login' in one;
  if (!isPerson && (one.visibility === 'private' || one.visibility === 'internal')) return true;
  if (typeof one.visibility_level === 'number' && one.visibility_level < GITLAB_PUBLIC) return true;
  return isRecord(one.bug) && Array.isArray(one.bug.groups) && one.bug.groups.length > 0;
}
