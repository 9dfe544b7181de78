// Entries of a feed as the browser gets them: put in words, with links only to hubs that are there.
import type { Activity, Part } from '../../activity/activity.ts';
import { describe } from '../../activity/describe.ts';
import { readTopic } from '../../bus/topic.ts';
import type { Entry } from '../../feeds/feed-store.ts';
import { entryMessage } from '../../feeds/make-entry.ts';
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

/** Puts entries in words; one query for all the hubs their sentences could link to. */
export async function toItems(
  database: Database,
  entries: Entry[],
  viewer: Viewer | null,
): Promise<FeedItem[]> {
  const told = entries.map((entry) => ({ entry, activity: describe(entryMessage(entry)) }));
  const paths = await findPaths(
    database,
    told.flatMap(({ activity }) => activity.parts),
    viewer,
  );
  return told.map(({ entry, activity }) => toItem(entry, activity, paths));
}

function toItem(entry: Entry, activity: Activity, paths: Map<string, string>): FeedItem {
  return {
    id: entry.messageId,
    time: entry.time,
    parts: activity.parts.map((part) => toItemPart(part, paths)),
    link: activity.link,
    kind: activity.kind,
    service: readTopic(entry.topic).category,
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
