// Searching in a feed, and showing less of it.
import { joinParts } from '../activity/activity.ts';
import type { ToldEntry } from './told-entry.ts';

/** What of a feed is wanted; what is left out or empty does not restrict. */
export interface FeedFilter {
  /** Words that must all be in the sentence, the title or the body, without regard to case. */
  q?: string | undefined;
  /** The service's name in the topic: `pagure`. */
  service?: string | undefined;
  /** The topic after the environment, or its beginning: `pagure.issue` is all about issues. */
  kind?: string | undefined;
}

/** What a page asks for: a filter, and `all` that is kept, however little a widget shows. */
export interface FeedQuery extends FeedFilter {
  all?: boolean;
}

/** Whether it restricts anything. */
export const isFilter = ({ q, service, kind }: FeedFilter): boolean => Boolean(q || service || kind);

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

export function passes(entry: Pick<ToldEntry, 'activity' | 'service' | 'kind'>, filter: FeedFilter): boolean {
  const { activity, service, kind } = entry;
  if (filter.service && service !== filter.service) return false;
  if (filter.kind && kind !== filter.kind && !kind.startsWith(`${filter.kind}.`)) return false;
  const words = fold(filter.q ?? '')
    .split(/\s+/)
    .filter(Boolean);
  if (words.length === 0) return true;
  const said = fold(`${joinParts(activity.parts)}\n${activity.title}\n${activity.body ?? ''}`);
  return words.every((word) => said.includes(word));
}

const LONGEST = 200;

/** What an address's query asks for: `?q=&service=&kind=&all=`. What is no filter there is left out. */
export function readFeedQuery(query: Record<string, string | string[] | undefined>): FeedQuery {
  const read = (name: string): string | undefined => {
    const value = query[name];
    return typeof value === 'string' ? value.trim().slice(0, LONGEST) || undefined : undefined;
  };
  return { q: read('q'), service: read('service'), kind: read('kind'), all: read('all') !== undefined };
}

/** The same as a query: `?q=roses`, or nothing. */
export function sayFeedQuery({ q, service, kind, all }: FeedQuery): string {
  const given = { q, service, kind, all: all ? '1' : undefined };
  const query = new URLSearchParams(
    Object.entries(given).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : [])),
  );
  return query.size > 0 ? `?${query}` : '';
}
