// New entries never move what is being read: they wait until the reader rests at the top, or asks for them.
import type { FeedItem } from './items.ts';

const idsOf = (item: FeedItem): string[] => [item.id, ...(item.members ?? []).map(({ id }) => id)];

/** Entries that have arrived since what is shown: not shown yet, and not older than the oldest shown one. */
export function findArrivals(shown: FeedItem[], latest: FeedItem[]): FeedItem[] {
  const ids = new Set(shown.flatMap(idsOf));
  const oldest = shown.at(-1)?.time ?? Number.NEGATIVE_INFINITY;
  return latest.filter((item) => !ids.has(item.id) && item.time >= oldest);
}

/**
 * What is shown, as it is now: without what was hidden meanwhile. What only fell off the end stays while it is read, and
 * so does what stands together with something newer now, for that waits.
 */
export function renew(shown: FeedItem[], latest: FeedItem[]): FeedItem[] {
  const known = new Map(latest.flatMap((item) => idsOf(item).map((id) => [id, item])));
  const oldest = latest.at(-1)?.time ?? Number.NEGATIVE_INFINITY;
  return shown.flatMap((item) => {
    const now = known.get(item.id);
    if (!now) return item.time < oldest ? [item] : [];
    return [now.id === item.id ? now : item];
  });
}

/** Entries of one day under its heading, in their order. */
export function groupByDay(
  items: FeedItem[],
  dayOf: (item: FeedItem) => string,
): { day: string; items: FeedItem[] }[] {
  const groups: { day: string; items: FeedItem[] }[] = [];
  for (const item of items) {
    const day = dayOf(item);
    const last = groups.at(-1);
    if (last?.day === day) last.items.push(item);
    else groups.push({ day, items: [item] });
  }
  return groups;
}
