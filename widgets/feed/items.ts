// Entries of a feed as the browser gets them: put in words, with links only to hubs that are there.
import type { Part } from '../../activity/activity.ts';
import type { ToldEntry } from '../../feeds/told-entry.ts';
import { hubPath } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import type { Database } from '../../prisma/client.ts';

/** A piece of the sentence; with `href` it is a link. */
export interface ItemPart {
  type: Part['type'];
  text: string;
  href?: string;
}

export interface FeedItem {
  /** The message's id, unique in the feed. */
  id: string;
  time: number;
  parts: ItemPart[];
  /** Where the thing itself lies. */
  link: string | null;
  /** What was done, as its service names it: `pagure.issue.new`. */
  kind: string;
  service: string;
  agent: string | null;
  picture: string | null;
  /** At most BODY_LENGTH characters. */
  body: string | null;
}

/** What a feed shows, newest first. */
export interface FeedOwn {
  items: FeedItem[];
}

const BODY_LENGTH = 2_000;

/** Entries for the browser; one query for all the hubs their sentences could link to. */
export async function toItems(
  database: Database,
  entries: ToldEntry[],
  viewer: Viewer | null,
): Promise<FeedItem[]> {
  const paths = await findPaths(
    database,
    entries.flatMap(({ activity }) => activity.parts),
    viewer,
  );
  return entries.map((entry) => toItem(entry, paths));
}

function toItem({ id, time, kind, service, activity }: ToldEntry, paths: Map<string, string>): FeedItem {
  return {
    id,
    time,
    parts: activity.parts.map((part) => toItemPart(part, paths)),
    link: activity.link,
    kind,
    service,
    agent: activity.agent,
    picture: activity.picture,
    body:
      activity.body && activity.body.length > BODY_LENGTH
        ? `${activity.body.slice(0, BODY_LENGTH)}…`
        : activity.body,
  };
}

function toItemPart(part: Part, paths: Map<string, string>): ItemPart {
  const { type, text } = part;
  if (type === 'link') return { type, text, href: part.href };
  const href =
    type === 'person' || type === 'hub' ? paths.get(`${type} ${part.name.toLowerCase()}`) : undefined;
  return href ? { type, text, href } : { type, text };
}

/** The addresses of the hubs that the parts name, by "person <name>" and "hub <name>" in lower case. */
async function findPaths(
  database: Database,
  parts: Part[],
  viewer: Viewer | null,
): Promise<Map<string, string>> {
  const named = (type: 'person' | 'hub') => [
    ...new Set(parts.flatMap((part) => (part.type === type ? [part.name] : []))),
  ];
  const people = named('person');
  const teams = named('hub');
  if (people.length + teams.length === 0) return new Map();
  const hubs = await database.hub.findMany({
    where: {
      OR: [
        { type: 'user', name: { in: people } },
        { type: 'team', name: { in: teams } },
      ],
    },
    select: { id: true, type: true, name: true, visibility: true, archivedAt: true },
  });
  return new Map(
    hubs
      .filter((hub) => may(viewer, 'know', hub))
      .map((hub) => [`${hub.type === 'user' ? 'person' : 'hub'} ${hub.name.toLowerCase()}`, hubPath(hub)]),
  );
}
