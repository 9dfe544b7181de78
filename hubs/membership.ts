// What somebody is to a hub, as its buttons show it.
import type { Database } from '../prisma/client.ts';
import type { RequestState, RoleName, RoleSource } from '../prisma/generated/enums.ts';
import type { HubInfo } from './find-hub.ts';
import { may } from './permissions.ts';
import type { Viewer } from './viewer.ts';

export interface Membership {
  starred: boolean;
  subscribed: boolean;
  standing: 'none' | 'pending' | 'member' | 'owner';
  /** The accounts system says so: it can't be left here. */
  byAccounts: boolean;
  /** Their newest request. */
  request: {
    text: string;
    state: RequestState;
    answer: string;
    createdAt: Date;
    mentor: string | null;
  } | null;
  /** An owner looked at any page of Hubs within OWNER_AWAY_DAYS. */
  ownerIsHere: boolean;
}

/** Who asks to join is told where else to ask when no owner was here for that long. */
export const OWNER_AWAY_DAYS = 30;

interface Row {
  roles: { name: RoleName; source: RoleSource }[] | null;
  request: {
    text: string;
    state: RequestState;
    answer: string;
    createdAt: string;
    mentor: string | null;
  } | null;
  ownerIsHere: boolean;
}

/** One query; a visitor has nothing but the knowledge whether an owner is here. */
export async function readMembership(
  database: Database,
  viewer: Viewer | null,
  hubId: number,
  now = Date.now(),
): Promise<Membership> {
  const personId = viewer?.person.id ?? null;
  const [row] = await database.$queryRaw<Row[]>`
    SELECT
      (SELECT json_agg(json_build_object('name', name, 'source', source)) FROM role
        WHERE hub_id = ${hubId} AND person_id = ${personId}::int) AS "roles",
      (SELECT json_build_object('text', request.text, 'state', request.state, 'answer', request.answer,
          'createdAt', request.created_at, 'mentor', mentor.username::text)
        FROM join_request request LEFT JOIN person mentor ON mentor.id = request.mentor_id
        WHERE request.hub_id = ${hubId} AND request.person_id = ${personId}::int
        ORDER BY request.id DESC LIMIT 1) AS "request",
      EXISTS (SELECT FROM role JOIN visit ON visit.person_id = role.person_id
        WHERE role.hub_id = ${hubId} AND role.name = 'owner'
          AND visit.last_at > ${new Date(now - OWNER_AWAY_DAYS * 86_400_000)}) AS "ownerIsHere"`;
  const roles = row?.roles ?? [];
  const held = (name: RoleName) => roles.filter((role) => role.name === name);
  const request = row?.request ? { ...row.request, createdAt: new Date(row.request.createdAt) } : null;
  const owner = held('owner');
  const belongs = owner.length > 0 ? owner : held('member');
  return {
    starred: held('stargazer').length > 0,
    subscribed: held('subscriber').length > 0,
    standing:
      owner.length > 0
        ? 'owner'
        : belongs.length > 0
          ? 'member'
          : request?.state === 'pending'
            ? 'pending'
            : 'none',
    // An owner of Hubs' own may step down, whatever else the accounts say.
    byAccounts: owner.length > 0 ? owner.every(isBrought) : belongs.some(isBrought),
    request,
    ownerIsHere: row?.ownerIsHere ?? false,
  };
}

const isBrought = (role: { source: RoleSource }) => role.source === 'accounts';

/**
 * Whether the button stands there. Without a session it is offered where somebody signed in may use it: pressing leads
 * through sign-in. Nobody follows or joins what is their own.
 */
export function mayOffer(viewer: Viewer | null, action: 'follow' | 'join', hub: HubInfo): boolean {
  const isOwn = hub.type !== 'team' && hub.name.toLowerCase() === viewer?.person.username.toLowerCase();
  if (isOwn || (action === 'join' && hub.type !== 'team')) return false;
  if (viewer) return may(viewer, action, hub);
  return hub.visibility !== 'private' && (action === 'follow' || !hub.archivedAt);
}
