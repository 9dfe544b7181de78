import type { HubInfo } from '../../hubs/find-hub.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import type { OutputCalendar } from '../../outputs/ical.ts';
import type { Loaded } from '../../widgets/kind.ts';
import type { Meetings } from '../../widgets/meetings/meetings.ts';
import { loadWhatIsOld, readWidgets } from '../hub/read-widgets.ts';
import type { Stores } from '../stores.ts';

/**
 * The meetings that the hub's widgets show to this viewer.
 * @param series of one meeting alone; null: all
 * @returns null where the hub names no calendar; the reason where none was loaded yet
 */
export async function readHubCalendar(
  stores: Stores,
  hub: HubInfo,
  viewer: Viewer | null,
  series: string | null,
): Promise<OutputCalendar | { missing: string } | null> {
  const rows = await stores.database.widget.findMany({
    where: { hubId: hub.id, kind: 'meetings', valueKey: { not: null } },
    orderBy: [{ column: 'asc' }, { place: 'asc' }],
  });
  const widgets = await readWidgets(stores, hub, rows, viewer);
  if (widgets.length === 0) return null;
  await loadWhatIsOld(stores, viewer, widgets);
  const loaded = widgets.flatMap(({ data }) => (data?.loaded ? [data.loaded as Loaded<Meetings>] : []));
  const values = loaded.flatMap(({ value }) => value ?? []);
  if (values.length === 0)
    return {
      missing: loaded[0]?.failure?.sentence ?? 'The calendar is being fetched; ask again in a moment.',
    };
  const isAsked = (one: { series: string }) => series === null || one.series === series;
  // Two widgets may show the same calendar.
  const meetings = new Map(
    values
      .flatMap(({ data }) => data.meetings.filter(isAsked))
      .map((meeting) => [`${meeting.series} ${meeting.startsAt}`, meeting]),
  );
  const allSeries = new Map(
    values.flatMap(({ data }) => data.series.filter(isAsked)).map((one) => [one.series, one]),
  );
  return {
    name: `${hub.name}: meetings`,
    host: new URL(stores.settings.BASE_URL).hostname,
    asOf: Math.max(...values.map(({ asOf }) => asOf)),
    meetings: [...meetings.values()].sort((a, b) => a.startsAt - b.startsAt),
    series: [...allSeries.values()],
  };
}
