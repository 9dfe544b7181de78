// Entries of a feed as the browser gets them: with links only to hubs that are there, and to people's pages elsewhere.
import type { Part } from '../../activity/activity.ts';
import { inSecondPerson } from '../../activity/sentence.ts';
import { isUserName } from '../../activity/words.ts';
import type { EntryGroup } from '../../feeds/group-entries.ts';
import { findSaved } from '../../feeds/saved.ts';
import type { ToldEntry } from '../../feeds/told-entry.ts';
import { entryPath, hubPath } from '../../hubs/find-hub.ts';
import { profilePage } from '../../hubs/group-page.ts';
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
  /** A hub whose feed has it. */
  hub: number;
  permalink: string;
  /** The hubs it comes from, where it stands beside entries of others. */
  tags: { hub: number; name: string; href: string }[];
  /** The reader keeps it; null for a visitor. */
  saved: boolean | null;
  /** What stands together in it, newest first; the item says them all and has the id of the newest. */
  members?: FeedItem[];
}

const BODY_LENGTH = 2_000;

interface Look {
  viewer: Viewer | null;
  /** Entries of several hubs stand together: each says where it comes from. */
  mixed?: boolean;
  /** Who is addressed as "you"; nobody when left out. */
  reader?: string | undefined;
  /** Where people have a page who have no hub (ACCOUNTS_USER_URL). */
  userUrl?: string | undefined;
}

/** Entries for the browser; one query for all the hubs their sentences could link to. */
export async function toItems(
  database: Database,
  shown: (ToldEntry | EntryGroup)[],
  look: Look,
): Promise<FeedItem[]> {
  const entries = shown.flatMap((one) => ('entries' in one ? one.entries : one));
  const told = new Map(entries.map((entry) => [entry, partsFor(entry, look.reader)]));
  const parts = [...told.values(), ...shown.map((one) => ('entries' in one ? one.parts : []))].flat();
  const ids = entries.map(({ id }) => id);
  const [paths, saved] = await Promise.all([
    findPaths(database, parts, look.viewer),
    findSaved(database, look.viewer, ids),
  ]);
  const link = (all: Part[] = []) => all.map((part) => toItemPart(part, paths, look.userUrl));
  const single = (entry: ToldEntry): FeedItem => ({
    ...toItem(entry, look),
    parts: link(told.get(entry)),
    saved: look.viewer ? saved.has(entry.id) : null,
  });
  return shown.map((one) => {
    if (!('entries' in one)) return single(one);
    const { link: to, picture } = one;
    return {
      ...single(one.entries[0]),
      ...{ parts: link(inWordsFor(one.parts, look.reader)), link: to, picture, body: null },
      members: one.entries.map(single),
    };
  });
}

/** In the second person for the reader; messages name people in their own case. */
export function partsFor({ activity: { parts, subjective } }: ToldEntry, reader: string | undefined): Part[] {
  const told = Object.entries(subjective).find(([name]) => name.toLowerCase() === reader?.toLowerCase());
  return told ? beginSentence(told[1]) : inWordsFor(parts, reader);
}

/** A sentence that was made for nobody, or by the reference, which addresses nobody in most of its groups. */
function inWordsFor(parts: Part[], reader: string | undefined): Part[] {
  if (reader === undefined) return parts;
  const named = parts.find(
    (part) => part.type === 'person' && part.name.toLowerCase() === reader.toLowerCase(),
  );
  const spoken = named?.type === 'person' && inSecondPerson(parts, named.name);
  return beginSentence(spoken || parts);
}

/** "You opened …": who is spoken to begins the sentence as words do, not as a user name. */
function beginSentence(parts: Part[]): Part[] {
  const [first, ...others] = parts;
  if (first?.type !== 'text' || !/^your?\b/.test(first.text)) return parts;
  return [{ ...first, text: `Y${first.text.slice(1)}` }, ...others];
}

function toItem(
  { id, time, kind, service, activity: { link, agent, picture, body }, sources }: ToldEntry,
  { mixed = false }: Look,
): Omit<FeedItem, 'parts' | 'saved'> {
  const teams = sources.map(({ hub }) => hub).filter(({ type }) => type !== 'stream');
  const [home = sources[0]?.hub] = teams;
  return {
    ...{ id, time, kind, service, link, agent, picture },
    body: body && body.length > BODY_LENGTH ? `${body.slice(0, BODY_LENGTH)}…` : body,
    hub: home?.id ?? 0,
    permalink: home ? entryPath(home, id) : '',
    tags: mixed ? teams.map((hub) => ({ hub: hub.id, name: hub.name, href: hubPath(hub) })) : [],
  };
}

function toItemPart(part: Part, paths: Map<string, string>, userUrl: string | undefined): ItemPart {
  const { type, text } = part;
  if (type === 'link') return { type, text, href: part.href };
  const known =
    type === 'person' || type === 'hub' ? paths.get(`${type} ${part.name.toLowerCase()}`) : undefined;
  const href =
    known ?? (type === 'person' && isUserName(part.name) ? profilePage(userUrl, part.name) : undefined);
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
