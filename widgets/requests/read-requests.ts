import { type HubInfo, hubPath } from '../../hubs/find-hub.ts';
import { groupPage } from '../../hubs/group-page.ts';
import { may } from '../../hubs/permissions.ts';
import type { ReadContext } from '../kind.ts';
import type { RequestsSettings } from './settings.ts';

interface TeamLink {
  id: number;
  name: string;
  path: string;
}

export interface WaitingRequest {
  id: number;
  hub: TeamLink;
  username: string;
  text: string;
  createdAt: number;
  mentor: string | null;
  /** A group of the accounts decides about members; its page, where it has one. */
  tied: { page: string | null } | null;
}

/** A request of one's own: it waits, or was answered lately. */
export interface OwnRequest {
  id: number;
  hub: TeamLink;
  state: 'pending' | 'approved' | 'denied';
  answer: string;
  mentor: string | null;
  at: number;
}

/** Somebody whom an owner asks the viewer to look after. */
export interface Mentored {
  id: number;
  hub: TeamLink;
  username: string;
}

export interface RequestsOwn {
  waiting: WaitingRequest[];
  /** How many wait, also those not shown. */
  total: number;
  mine: OwnRequest[];
  mentored: Mentored[];
}

const ANSWER_SHOWN_DAYS = 14;
const OWN_SHOWN = 5;

/** Nothing for anybody but the person whose hub it is: who asks is between them and the owners. */
export async function readRequests(
  { database, viewer, groupUrl, now }: ReadContext,
  hub: HubInfo,
  { n }: RequestsSettings,
): Promise<RequestsOwn> {
  if (!viewer || hub.name.toLowerCase() !== viewer.person.username.toLowerCase()) {
    return { waiting: [], total: 0, mine: [], mentored: [] };
  }
  const owned = [...viewer.roles].filter(([, roles]) => roles.has('owner')).map(([id]) => id);
  const me = viewer.person.id;
  const lately = new Date(now - ANSWER_SHOWN_DAYS * 86_400_000);
  const rows = await database.joinRequest.findMany({
    where: {
      OR: [
        { state: 'pending', hubId: { in: owned }, hub: { archivedAt: null } },
        { state: 'pending', mentorId: me },
        { personId: me, state: 'pending' },
        { personId: me, state: { in: ['approved', 'denied'] }, decidedAt: { gt: lately } },
      ],
    },
    include: { hub: true, person: true, mentor: true },
    orderBy: { createdAt: 'asc' },
  });
  const known = rows.filter((row) => may(viewer, 'know', row.hub));
  const others = known.filter((row) => row.personId !== me && may(viewer, 'configure', row.hub));
  return {
    waiting: others.slice(0, n).map((row) => ({
      id: row.id,
      hub: linkOf(row.hub),
      username: row.person.username,
      text: row.text,
      createdAt: row.createdAt.getTime(),
      mentor: row.mentor?.username ?? null,
      tied: row.hub.groupName === null ? null : { page: groupPage(groupUrl, row.hub) },
    })),
    total: others.length,
    mine: known
      .flatMap((row): OwnRequest[] => {
        const { id, state, answer } = row;
        if (row.personId !== me || state === 'withdrawn') return [];
        const at = (row.decidedAt ?? row.createdAt).getTime();
        return [{ id, hub: linkOf(row.hub), state, answer, mentor: row.mentor?.username ?? null, at }];
      })
      .sort((a, b) => b.at - a.at)
      .slice(0, OWN_SHOWN),
    mentored: known
      .filter((row) => row.mentorId === me && row.state === 'pending')
      .map((row) => ({ id: row.id, hub: linkOf(row.hub), username: row.person.username })),
  };
}

const linkOf = (hub: HubInfo): TeamLink => ({ id: hub.id, name: hub.name, path: hubPath(hub) });
