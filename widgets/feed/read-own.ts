// What the feed widget shows: entries with what is in force on them, and on a stream what came while one was away.
import { joinParts } from '../../activity/activity.ts';
import { readAbsence } from '../../feeds/absence.ts';
import { archivePage } from '../../feeds/archive-page.ts';
import { FEED_LENGTH } from '../../feeds/feed-store.ts';
import { type FeedFilter, isFilter } from '../../feeds/filter.ts';
import { groupEntries } from '../../feeds/group-entries.ts';
import { readFeed } from '../../feeds/read-feed.ts';
import type { ToldEntry } from '../../feeds/told-entry.ts';
import { entryPath, type HubInfo } from '../../hubs/find-hub.ts';
import { type HiddenRow, type Hides, listHidden, toHides } from '../../hubs/hidden.ts';
import { readAwaySince } from '../../hubs/note-visit.ts';
import { readStreamSources } from '../../hubs/stream-sources.ts';
import { dayNumber } from '../../ui/words.ts';
import type { ReadContext } from '../kind.ts';
import { type FeedItem, partsFor, toItems } from './items.ts';
import { type FeedSettings, kindsLeftOut } from './settings.ts';

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
  /** Where what is older can be read, once all that is kept is shown; null where it can't. */
  archive: string | null;
  /** How much the reader hid that could stand here, and what they hid just now, to undo it. */
  hidden: { count: number; last: { id: number; what: HiddenRow['what']; value: string } | null };
  away: { since: number; lines: AwayLine[]; older: number } | null;
}

/** So long after hiding something it can be undone at once; later in the list of what is hidden. */
const UNDO_MS = 5 * 60_000;

export async function readOwn(
  { database, feeds, viewer, userUrl, archiveUrl, filter = {}, now }: ReadContext,
  hub: HubInfo,
  { n, kindsHidden = '', grouped = true }: Partial<FeedSettings> & Pick<FeedSettings, 'n'>,
): Promise<FeedOwn> {
  const rows = await listHidden(database, viewer);
  const mine = toHides(rows);
  const hides = { ...mine, kinds: new Set([...mine.kinds, ...kindsLeftOut({ kindsHidden })]) };
  const isStream = hub.type === 'stream';
  const isFiltered = isFilter(filter);
  const length = isFiltered || filter.all ? FEED_LENGTH : n;
  const [found, known] = await Promise.all([
    readFeed({ database, feeds, viewer }, hub, { ...filter, hides }),
    readKnown({ database, viewer, now }, hub),
  ]);
  const entries = found ?? [];
  const reader = isStream ? viewer?.person.username : undefined;
  const away =
    isStream && !isFiltered
      ? await readAway({ database, viewer, now }, hub, entries, hides, known.since)
      : null;
  // Who searches wants to see each one.
  const all = isFiltered || !grouped ? entries : groupEntries(entries, { ...known, reader });
  const shown = all.slice(0, length);
  const more = all.length > shown.length;
  const oldest = entries.at(-1);
  return {
    items: await toItems(database, shown, { viewer, mixed: isStream, reader, userUrl }),
    filter: isFiltered ? filter : null,
    more,
    archive: more || isFiltered || !oldest ? null : archivePage(archiveUrl, hub, oldest.time),
    hidden: hiddenHere(rows, isStream, now),
    away,
  };
}

/** Where the reader's days change, and when their last visit ended. A visitor's own time zone only the browser knows. */
async function readKnown(
  { database, viewer, now }: Pick<ReadContext, 'database' | 'viewer' | 'now'>,
  hub: HubInfo,
) {
  const person = viewer?.person.id;
  const [zone, since] =
    person === undefined
      ? [null, null]
      : await Promise.all([
          database.person.findUnique({ where: { id: person }, select: { timeZone: true } }),
          readAwaySince(database, person, hub.id, now),
        ]);
  const timeZone = zone?.timeZone ?? 'UTC';
  return { dayOf: (time: number) => dayNumber(time, timeZone), since };
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
  { hubs: hubsHidden, kinds }: Hides,
  since: number | null,
): Promise<FeedOwn['away']> {
  if (!viewer || since === null) return null;
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
