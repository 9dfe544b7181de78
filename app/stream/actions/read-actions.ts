// What waits for the viewer, as far as Hubs knows: by who waits longest.
import { findWaiting } from '../../../activity/task.ts';
import { FEED_LENGTH } from '../../../feeds/feed-store.ts';
import { mergeFeeds } from '../../../feeds/merge-feeds.ts';
import { entryPath, type HubInfo, hubPath } from '../../../hubs/find-hub.ts';
import { listHidden, nothingHidden, toHides } from '../../../hubs/hidden.ts';
import { may, mayAdminister } from '../../../hubs/permissions.ts';
import type { Viewer } from '../../../hubs/viewer.ts';
import type { Database } from '../../../prisma/client.ts';
import type { Stores } from '../../stores.ts';

export interface Action {
  /** Unique in the list. */
  key: string;
  /** What is to be done. */
  what: 'decide' | 'help' | 'assigned' | 'review';
  title: string;
  /** Where it is done. */
  href: string;
  /** Why it waits for the viewer. */
  words: string;
  /** Since when it waits, milliseconds since 1970. */
  since: number;
}

export async function readActions(
  { database, feeds }: Pick<Stores, 'database' | 'feeds'>,
  viewer: Viewer,
  stream: HubInfo,
): Promise<Action[]> {
  const actions = await Promise.all([
    readRequests(database, viewer),
    readHelp(database, viewer),
    readTasks(database, feeds, viewer, stream),
    readHeldBack(database, viewer),
  ]);
  return actions.flat().sort((a, b) => a.since - b.since);
}

/** Who asks to join a hub that the viewer owns. */
async function readRequests(database: Database, viewer: Viewer): Promise<Action[]> {
  const owned = [...viewer.roles].flatMap(([id, roles]) => (roles.has('owner') ? [id] : []));
  const rows = await database.joinRequest.findMany({
    where: { state: 'pending', hubId: { in: owned }, personId: { not: viewer.person.id } },
    include: { hub: true, person: { select: { username: true } } },
  });
  return rows
    .filter(({ hub }) => may(viewer, 'configure', hub))
    .map(({ id, hub, person, createdAt }) => ({
      key: `request ${id}`,
      what: 'decide',
      title: `${person.username} asks to join ${hub.name}`,
      href: `${hubPath(hub)}/settings/people`,
      words: `You own ${hub.name}.`,
      since: createdAt.getTime(),
    }));
}

/** Teams whose group says something that a site admin should look at (hubs/follow-group.ts). */
async function readHeldBack(database: Database, viewer: Viewer): Promise<Action[]> {
  if (!mayAdminister(viewer)) return [];
  const rows = await database.groupReading.findMany({
    where: { problem: { not: null } },
    include: { hub: true },
  });
  return rows.map(({ hub, problem, problemAt }) => ({
    key: `group ${hub.id}`,
    what: 'decide',
    title: `${hub.name} does not follow its group`,
    href: `${hubPath(hub)}/settings/people`,
    words: problem ?? '',
    since: (problemAt ?? hub.createdAt).getTime(),
  }));
}

/** Requests for help that the viewer took and did not finish. */
async function readHelp(database: Database, viewer: Viewer): Promise<Action[]> {
  const rows = await database.helpRequest.findMany({
    where: { state: 'taken', takenById: viewer.person.id },
    include: { hub: true, askedBy: { select: { username: true } } },
  });
  return rows
    .filter(({ hub }) => may(viewer, 'know', hub))
    .map(({ id, hub, title, askedBy, takenAt, createdAt }) => ({
      key: `help ${id}`,
      what: 'help',
      title,
      href: hubPath(hub),
      words: `You took this request for help of ${askedBy.username} in ${hub.name}.`,
      since: (takenAt ?? createdAt).getTime(),
    }));
}

/** Tickets and reviews that messages to or by the viewer tell of; one whose entry they hid is put away. */
async function readTasks(
  database: Database,
  feeds: Stores['feeds'],
  viewer: Viewer,
  stream: HubInfo,
): Promise<Action[]> {
  const { username } = viewer.person;
  const own = await database.hub.findUnique({ where: { type_name: { type: 'user', name: username } } });
  const hubs = own ? [stream, own] : [stream];
  const told = await mergeFeeds(feeds, hubs, nothingHidden, { limit: FEED_LENGTH * hubs.length });
  const hides = toHides(await listHidden(database, viewer));
  return findWaiting(told, username)
    .filter((waiting) => !hides.entries.has(waiting.told.id))
    .map(({ task, what, told: entry, since }) => ({
      key: `task ${task.key}`,
      what,
      title: task.title ? `${task.name}: ${task.title}` : task.name,
      href: entry.activity.link ?? entryPath(stream, entry.id),
      words: what === 'review' ? 'Your review is asked for.' : 'It is assigned to you.',
      since,
    }));
}
