import { writeAtom } from './atom.ts';
import { writeJsonFeed } from './json-feed.ts';
import type { OutputFeed } from './output-feed.ts';
import { writeRss } from './rss.ts';

/** The formats of a feed, one line each, by the name behind `feed.`; readers take the first they know. */
export const feedFormats = {
  atom: { label: 'Atom', type: 'application/atom+xml', write: writeAtom },
  rss: { label: 'RSS', type: 'application/rss+xml', write: writeRss },
  json: { label: 'JSON Feed', type: 'application/feed+json', write: writeJsonFeed },
} satisfies Record<string, { label: string; type: string; write(feed: OutputFeed): string }>;

export type FeedFormat = keyof typeof feedFormats;
