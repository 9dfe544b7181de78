// What the feed widget shows: entries with what is in force on them, and on a stream what came while one was away.
import { joinParts } from '../../activity/activity.ts';
import { readAbsence } from '../../feeds/absence.ts';
import { FEED_LENGTH } from '../../feeds/feed-store.ts';
import { type FeedFilter, isFilter } from '../../feeds/filter.ts';
import { readFeed } from '../../feeds/read-feed.ts';
import type { ToldEntry } from '../../feeds/told-entry.ts';
import { entryPath, type HubInfo } from '../../hubs/find-hub.ts';
import { type HiddenRow, listHidden, toHides } from '../../hubs/hidden.ts';
import { readAwaySince } from '../../hubs/note-visit.ts';
import { readStreamSources } from '../../hubs/stream-sources.ts';
import type { ReadContext } from '../kind.ts';
import { type FeedItem, partsFor, toItems } from './items.ts';

export interface AwayLine {
  id: string;
  time: number;
  text: string;
  href: string;
}

/** What a feed shows, newest first. */
export interface FeedOwn {
  items: FeedItem[];
  /** What was searched for; null where the whole feed is shown. */
  filter: FeedFilter | null;
  /** More is kept than is shown here. */
  more: boolean;
  /** How much the reader hid that could stand here, and what they hid just now, to undo it. */
  hidden: { count: number; last: { id: number; what: HiddenRow['what']; value: string } | null };
  away: { since: number; lines: AwayLine[]; older: number } | null;
}

/** So long after hiding something it can be undone at once; later in the list of what is hidden. */
const UNDO_MS = 5 * 60_000;

export async function readOwn(
  { database, feeds, viewer, filter = {}, now }: ReadContext,
  hub: HubInfo,
  { n }: { n: number },
): Promise<FeedOwn> {
  const rows = await listHidden(database, viewer);
  const hides = toHides(rows);
  const isStream = hub.type === 'stream';
  const isFiltered = isFilter(filter);
  const length = isFiltered || filter.all ? FEED_LENGTH : n;
  // A stream is read whole, for what came while its person was away; else one more says that there is more.
  const limit = isStream ? FEED_LENGTH : length + 1;
  const entries = (await readFeed({ database, feeds, viewer }, hub, { ...filter, limit, hides })) ?? [];
  const reader = isStream ? viewer?.person.username : undefined;
  const away = isStream && !isFiltered ? await readAway({ database, viewer, now }, hub, entries, rows) : null;
  const shown = entries.slice(0, length);
  return {
    items: await toItems(database, shown, { viewer, mixed: isStream, reader }),
    filter: isFiltered ? filter : null,
    more: entries.length > shown.length,
    hidden: hiddenHere(rows, isStream, now),
    away,
  };
}

function hiddenHere(rows: HiddenRow[], isStream: boolean, now: number): FeedOwn['hidden'] {
  const here = rows.filter(({ what }) => isStream || what === 'entry' || what === 'kind');
  const [last] = here;
  const isNew = last && last.what !== 'interest' && now - last.createdAt.getTime() < UNDO_MS;
  return {
    count: here.length,
    last: isNew ? { id: last.id, what: last.what, value: last.value } : null,
  };
}

async function readAway(
  { database, viewer, now }: Pick<ReadContext, 'database' | 'viewer' | 'now'>,
  stream: HubInfo,
  entries: ToldEntry[],
  rows: HiddenRow[],
): Promise<FeedOwn['away']> {
  if (!viewer) return null;
  const since = await readAwaySince(database, viewer.person.id, stream.id, now);
  if (since === null) return null;
  const { hubs: hubsHidden, kinds } = toHides(rows);
  const sources = (await readStreamSources(database, viewer)).filter(({ id }) => !hubsHidden.has(id));
  const given = { hubs: [stream, ...sources].map(({ id }) => id), kindsHidden: [...kinds], now };
  const absence = await readAbsence(database, since, entries, given);
  return (
    absence && {
      since,
      older: absence.older,
      lines: absence.lines.map((entry) => ({
        id: entry.id,
        time: entry.time,
        text: joinParts(partsFor(entry, viewer.person.username)),
        href: entryPath(stream, entry.id),
      })),
    }
  );
}
