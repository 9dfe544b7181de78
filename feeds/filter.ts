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

/** The filter in an address's query: `?q=&service=&kind=`. What is no filter there is left out. */
export function readFilter(query: Record<string, string | string[] | undefined>): FeedFilter {
  const read = (name: string): string | undefined => {
    const value = query[name];
    return typeof value === 'string' ? value.trim().slice(0, LONGEST) || undefined : undefined;
  };
  return { q: read('q'), service: read('service'), kind: read('kind') };
}
