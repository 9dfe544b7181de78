// Who may do what: the one place that pages, API, SSE, outputs and the command ask.
import type { Notice } from '../bus/streams.ts';
import type { HubInfo } from './find-hub.ts';
import { holds, type Viewer } from './viewer.ts';

export type Subject = Pick<HubInfo, 'id' | 'type' | 'visibility' | 'archivedAt'>;

/** What somebody is to a hub; each may what the one before may. */
const standings = ['visitor', 'signed in', 'member', 'owner'] as const;
type Standing = (typeof standings)[number];

/** Whom each action needs, by the hub's visibility; `archived` says whether it is possible in an archived hub. */
const needs = {
  /** See that it exists: name, summary, description, and widgets that are not restricted. */
  know: { public: 'visitor', preview: 'visitor', private: 'member', archived: true },
  /** Feed, people, outputs. */
  read: { public: 'visitor', preview: 'member', private: 'member', archived: true },
  readRestricted: { public: 'member', preview: 'member', private: 'member', archived: true },
  /** Star it, subscribe to it, leave it. */
  follow: { public: 'signed in', preview: 'signed in', private: 'member', archived: true },
  join: { public: 'signed in', preview: 'signed in', private: 'member', archived: false },
  /** Add library links, ask for help in the hub's name. */
  contribute: { public: 'member', preview: 'member', private: 'member', archived: false },
  /** Take a request for help. */
  help: { public: 'signed in', preview: 'signed in', private: 'member', archived: false },
  /** Layout, widgets, settings, people, alert; see it as others do. */
  configure: { public: 'owner', preview: 'owner', private: 'owner', archived: false },
  /** Archive it, and wake it again. */
  archive: { public: 'owner', preview: 'owner', private: 'owner', archived: true },
} as const satisfies Record<string, Record<HubInfo['visibility'], Standing> & { archived: boolean }>;

export type Action = keyof typeof needs;

/** A site admin is an owner everywhere but in streams: nobody but its person reads a stream. */
function standingOf(viewer: Viewer | null, hub: Subject): Standing {
  if (viewer === null) return 'visitor';
  if (holds(viewer, hub, 'owner') || (viewer.siteAdmin && hub.type !== 'stream')) return 'owner';
  return holds(viewer, hub, 'member') ? 'member' : 'signed in';
}

/** Whether the viewer may do this to the hub. Where they may not even `know` it, the answer is 404, never 403. */
export function may(viewer: Viewer | null, action: Action, hub: Subject): boolean {
  const rule = needs[action];
  if (hub.archivedAt !== null && !rule.archived) return false;
  const needed: Standing = hub.type === 'stream' ? 'owner' : rule[hub.visibility];
  return standings.indexOf(standingOf(viewer, hub)) >= standings.indexOf(needed);
}

/** Whether the viewer may see the widget: of a preview hub everybody sees those that are not restricted. */
export const maySeeWidget = (viewer: Viewer | null, hub: Subject, widget: { restricted: boolean }): boolean =>
  may(viewer, widget.restricted ? 'readRestricted' : 'know', hub);

interface HelpSubject {
  askedById: number;
  takenById: number | null;
}

const isTheirs = (viewer: Viewer | null, request: HelpSubject): boolean =>
  viewer !== null && [request.askedById, request.takenById].includes(viewer.person.id);

/**
 * Whether the viewer may know of a request for help: whoever sees the hub's requests, and who asked or took it.
 * @param restricted the hub shows its requests to members only
 */
export const maySeeHelp = (
  viewer: Viewer | null,
  hub: Subject,
  request: HelpSubject,
  restricted: boolean,
): boolean =>
  maySeeWidget(viewer, hub, { restricted }) || (may(viewer, 'know', hub) && isTheirs(viewer, request));

/** Whether the viewer may say that a request for help is done, or free again: who asked, who took it, and owners. */
export const maySettleHelp = (viewer: Viewer | null, hub: Subject, request: HelpSubject): boolean =>
  may(viewer, 'help', hub) && (may(viewer, 'configure', hub) || isTheirs(viewer, request));

/** Look after the site: see how the system is, and what of the accounts waits for a decision. To others there is no such page. */
export const mayAdminister = (viewer: Viewer | null): boolean => viewer?.siteAdmin ?? false;

/** Who may hear of changes to the hub. */
export function audienceOf(hub: Pick<Subject, 'type' | 'visibility'>): Notice['audience'] {
  if (hub.type === 'stream') return 'person';
  return hub.visibility === 'public' ? 'public' : 'members';
}

/** Whether a notice with this audience is for the viewer. */
export function mayHear(viewer: Viewer | null, hub: Subject, audience: Notice['audience']): boolean {
  const needed = { public: 'know', members: 'readRestricted', owners: 'archive', person: 'archive' } as const;
  return may(viewer, needed[audience], hub);
}
