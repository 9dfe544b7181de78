import { joinParts } from '../../../activity/activity.ts';
import { readFeed } from '../../../feeds/read-feed.ts';
import type { HubInfo } from '../../../hubs/find-hub.ts';
import { type HiddenRow, listHidden, nothingHidden, readInterest } from '../../../hubs/hidden.ts';
import { may } from '../../../hubs/permissions.ts';
import { sayInterest } from '../../../hubs/say-interest.ts';
import type { Viewer } from '../../../hubs/viewer.ts';
import type { Stores } from '../../stores.ts';

export interface HiddenLine {
  id: number;
  words: string;
  /** An entry that is not kept any more: showing it again changes nothing to see. */
  isGone: boolean;
  /** Milliseconds since 1970. */
  at: number;
}

/** What the viewer hid, in words, the newest first. An entry is named as long as their stream keeps it. */
export async function readHidden(
  { database, feeds }: Pick<Stores, 'database' | 'feeds'>,
  viewer: Viewer,
  stream: HubInfo,
): Promise<HiddenLine[]> {
  const rows = await listHidden(database, viewer);
  const hubs = await findHubs(database, viewer, rows);
  const entries = rows.some(({ what }) => what === 'entry')
    ? ((await readFeed({ database, feeds, viewer }, stream, { hides: nothingHidden })) ?? [])
    : [];
  const sentences = new Map(entries.map(({ id, activity }) => [id, joinParts(activity.parts)]));
  return rows.map((row) => ({
    id: row.id,
    at: row.createdAt.getTime(),
    words: sayHidden(row, viewer, hubs, sentences),
    isGone: row.what === 'entry' && !sentences.has(row.value),
  }));
}

async function findHubs(
  database: Stores['database'],
  viewer: Viewer,
  rows: HiddenRow[],
): Promise<Map<number, HubInfo>> {
  const ids = rows.flatMap(({ what, value }) =>
    what === 'hub' ? [Number(value)] : what === 'interest' ? [readInterest(value).hub] : [],
  );
  const hubs = ids.length > 0 ? await database.hub.findMany({ where: { id: { in: ids } } }) : [];
  return new Map(hubs.filter((hub) => may(viewer, 'know', hub)).map((hub) => [hub.id, hub]));
}

const gone = 'A hub that is not here any more';

function sayHidden(
  { what, value }: HiddenRow,
  viewer: Viewer,
  hubs: Map<number, HubInfo>,
  sentences: Map<string, string>,
): string {
  if (what === 'kind') return `Everything of the kind ${value}`;
  if (what === 'entry') return `One entry: ${sentences.get(value) ?? 'it is not kept any more'}`;
  if (what === 'hub')
    return hubs.has(Number(value)) ? `In your stream, the hub ${hubs.get(Number(value))?.name}` : gone;
  const { hub: id, key } = readInterest(value);
  const hub = hubs.get(id);
  return hub ? `In your stream, switched off: ${sayInterest(key, hub, viewer).sentence}` : gone;
}
