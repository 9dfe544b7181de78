// What of a hub others can read, by the last part of its address.
import type { HubInfo } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import type { Card } from '../../outputs/card.ts';
import { cardPageHeaders, writeCardPage } from '../../outputs/card-page.ts';
import { cardPictureHeaders, writeCardPicture } from '../../outputs/card-picture.ts';
import { type FeedFormat, feedFormats } from '../../outputs/feed-formats.ts';
import { writeIcal } from '../../outputs/ical.ts';
import type { Stores } from '../stores.ts';
import { makeFeed } from './make-feed.ts';
import { readHubCalendar } from './read-calendar.ts';
import { readCard } from './read-card.ts';
import { readEntries } from './read-entries.ts';

export interface Asked {
  hub: HubInfo;
  viewer: Viewer | null;
  /** The address it was asked at, as people have it. */
  self: string;
  query: URLSearchParams;
}

/** The output, or why there is none. */
type Made =
  | { body: string; type: string; headers?: Record<string, string> }
  | { status: number; refused: string; headers?: Record<string, string> };

type Output = (stores: Stores, asked: Asked) => Promise<Made>;

const feed =
  (format: FeedFormat): Output =>
  async (stores, { hub, viewer, self, query }) => {
    const read = await readEntries(stores, hub, viewer, query);
    const { write, type } = feedFormats[format];
    return { body: write(makeFeed({ ...read, hub, baseUrl: stores.settings.BASE_URL, self })), type };
  };

/** Cards are for everybody's pages, so they show what everybody may read, whoever asks. */
const card =
  (write: (card: Card) => Made): Output =>
  async (stores, { hub, query }) => {
    if (!may(null, 'read', hub)) return { status: 404, refused: 'Only public hubs have cards.' };
    return write(await readCard(stores, hub, query.get('theme')));
  };

const calendar: Output = async (stores, { hub, viewer, query }) => {
  const found = await readHubCalendar(stores, hub, viewer, query.get('meeting'));
  if (found === null) return { status: 404, refused: 'This hub has no calendar, or none for you.' };
  if ('missing' in found) return { status: 503, refused: found.missing, headers: { 'retry-after': '30' } };
  const headers = { 'content-disposition': `inline; filename="${hub.name}.ics"` };
  return { body: writeIcal(found), type: 'text/calendar', headers };
};

export const outputs = {
  'feed.atom': feed('atom'),
  'feed.rss': feed('rss'),
  'feed.json': feed('json'),
  'meetings.ics': calendar,
  card: card((given) => ({ body: writeCardPage(given), type: 'text/html', headers: cardPageHeaders })),
  'card.svg': card((given) => ({
    body: writeCardPicture(given),
    type: 'image/svg+xml',
    headers: cardPictureHeaders,
  })),
} satisfies Record<string, Output>;

export type OutputName = keyof typeof outputs;
