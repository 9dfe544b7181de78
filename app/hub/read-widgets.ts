// What the widgets of a hub show: Hubs' own data and loaded values, never an outside service.
import type { FeedQuery } from '../../feeds/filter.ts';
import { readOnce } from '../../feeds/read-once.ts';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { may, maySeeWidget } from '../../hubs/permissions.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import type { Widget } from '../../prisma/generated/client.ts';
import { askForLoads, noteLooks, priorities } from '../../widgets/ask-for-loads.ts';
import type { AnyKind, Loaded, ViewProps } from '../../widgets/kind.ts';
import { findKind } from '../../widgets/registry.ts';
import { needsLoad, readValues } from '../../widgets/values.ts';
import type { Stores } from '../stores.ts';

/** Exactly what a view needs, as the page and the widget API give it to the browser. */
export interface WidgetData extends ViewProps<unknown, unknown> {
  id: number;
  kind: string;
}

export interface ReadWidget {
  row: Widget;
  kind: AnyKind;
  /** Null where it could not be read; `problem` says why. */
  data: WidgetData | null;
  problem: string | null;
}

/** What the browser gets of it: of a loaded value only what the view shows. */
export function forView({ kind, data }: ReadWidget): WidgetData | null {
  const value = data?.loaded?.value;
  if (!value || !kind.loader?.shown) return data;
  const shown = kind.loader.shown(value.data, data.settings, data.now);
  return { ...data, loaded: { ...data.loaded, value: { ...value, data: shown } } };
}

/**
 * What this viewer sees of what was read. A widget with nothing to show is hidden from visitors; members and owners see
 * how to fill it.
 */
export function shownTo(viewer: Viewer | null, hub: HubInfo, widgets: ReadWidget[]): ReadWidget[] {
  const visitor = !may(viewer, 'contribute', hub) && !may(viewer, 'archive', hub);
  return widgets.filter(({ kind, data }) => {
    const empty = data !== null && (kind.isEmpty?.(data.own, data.loaded) ?? false);
    return empty === 'for everybody' ? false : !(empty && visitor);
  });
}

/**
 * Reads the widgets side by side; their loaded values in one round trip. A widget that can't be read does not take the
 * others with it. Kinds that are not installed are left out, and so is what this viewer may not see.
 */
export async function readWidgets(
  stores: Stores,
  hub: HubInfo,
  rows: Widget[],
  viewer: Viewer | null,
  filter: FeedQuery = {},
): Promise<ReadWidget[]> {
  const now = Date.now();
  const feeds = readOnce(stores.feeds);
  const known = rows.flatMap((row) => {
    const kind = findKind(row.kind);
    if (!kind || !maySeeWidget(viewer, hub, row) || (kind.needsRead && !may(viewer, 'read', hub))) return [];
    return [{ row, kind }];
  });
  const values = readLoaded(
    stores,
    known.map(({ row }) => row),
  );
  return Promise.all(
    known.map(async ({ row, kind }) => {
      const settings = kind.settings.safeParse(row.settings);
      if (!settings.success) {
        return { row, kind, data: null, problem: 'The settings of this widget are not valid any more.' };
      }
      try {
        const own =
          (await kind.read?.(
            {
              database: stores.database,
              feeds,
              groupUrl: stores.settings.ACCOUNTS_GROUP_URL,
              userUrl: stores.settings.ACCOUNTS_USER_URL,
              archiveUrl: stores.settings.ARCHIVE_PAGE_URL,
              viewer,
              filter,
              now,
            },
            hub,
            settings.data,
          )) ?? null;
        const loaded = row.valueKey === null ? null : ((await values).get(row.valueKey) ?? {});
        const { id, type, name } = hub;
        const data = {
          id: row.id,
          kind: kind.kind,
          hub: { id, type, name },
          settings: settings.data,
          own,
          loaded,
          now,
        };
        return { row, kind, data, problem: null };
      } catch (error) {
        stores.log.error({ err: error, widget: row.id, kind: kind.kind }, 'a widget could not be read');
        return {
          row,
          kind,
          data: null,
          problem: 'What belongs here could not be read. It is tried again by itself.',
        };
      }
    }),
  );
}

async function readLoaded(stores: Stores, rows: Widget[]): Promise<Map<string, Loaded>> {
  const keys = [...new Set(rows.flatMap((row) => row.valueKey ?? []))];
  const values = await readValues(stores.cache, keys);
  return new Map(keys.map((key, index) => [key, values[index] ?? {}]));
}

/**
 * Somebody looked: has loaded what is missing or old. What was never loaded comes last for a visitor, so that who wanders
 * through all hubs makes nobody wait. For after the answer; it never fails the page.
 */
export async function loadWhatIsOld(
  stores: Stores,
  viewer: Viewer | null,
  widgets: ReadWidget[],
): Promise<void> {
  const now = Date.now();
  const shown = widgets.flatMap(({ row: { valueKey: key }, kind, data }) =>
    key !== null && kind.loader && data ? [{ key, loaded: data.loaded, maxAgeMs: kind.loader.maxAgeMs }] : [],
  );
  const priorityOf = (loaded: Loaded | null) => {
    if (viewer) return priorities.watched;
    return loaded?.value ? priorities.later : priorities.last;
  };
  try {
    const staleAt = await noteLooks(
      stores.pool,
      shown.map(({ key }) => key),
    );
    const asked = shown
      .filter(({ key, loaded, maxAgeMs }) => needsLoad(loaded, maxAgeMs, staleAt.get(key) ?? 0, now))
      .map(({ key, loaded }) => ({ key, priority: priorityOf(loaded) }));
    await askForLoads(stores.pool, asked, stores.settings.LOAD_TRIES);
  } catch (error) {
    stores.log.error({ err: error }, 'loads could not be asked for');
  }
}
