import { after } from 'next/server';
import type { CSSProperties } from 'react';
import { type FeedQuery, sayFeedQuery } from '../../feeds/filter.ts';
import type { HubInfo } from '../../hubs/find-hub.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import type { Widget } from '../../prisma/generated/client.ts';
import { getStores } from '../stores.ts';
import { LiveWidget } from './live-widget.tsx';
import { forView, loadWhatIsOld, type ReadWidget, readWidgets, shownTo } from './read-widgets.ts';

interface Props {
  hub: HubInfo;
  /** What this reader sees of the hub (readHubWidgets). */
  widgets: ReadWidget[];
  query?: FeedQuery;
}

/** What the viewer sees of the hub's widgets; what is old of it is loaded after the answer. */
export async function readHubWidgets(
  hub: HubInfo,
  rows: Widget[],
  viewer: Viewer | null,
  query: FeedQuery = {},
): Promise<ReadWidget[]> {
  const stores = getStores();
  const widgets = shownTo(viewer, hub, await readWidgets(stores, hub, rows, viewer, query));
  after(() => loadWhatIsOld(stores, viewer, widgets));
  return widgets;
}

/** The widgets of a hub in its two columns; on a phone one, left before right. */
export async function HubWidgets({ hub, widgets, query = {} }: Props) {
  if (widgets.length === 0) {
    return <p className="text-muted">This hub has no widgets yet.</p>;
  }
  const [left, right] = await Promise.all([column('left', widgets, query), column('right', widgets, query)]);
  const wide = left.length === 0 || right.length === 0;
  return (
    <div
      className={`grid items-start gap-5 ${wide ? '' : 'lg:grid-cols-[minmax(0,var(--left))_minmax(0,var(--right))]'}`}
      style={{ '--left': `${hub.leftWidth}fr`, '--right': `${12 - hub.leftWidth}fr` } as CSSProperties}
    >
      {left.length > 0 && <div className="grid min-w-0 gap-5">{left}</div>}
      {right.length > 0 && <div className="grid min-w-0 gap-5">{right}</div>}
    </div>
  );
}

const column = (name: Widget['column'], widgets: ReadWidget[], query: FeedQuery) =>
  Promise.all(
    widgets
      .filter(({ row }) => row.column === name)
      .map(async (widget) => {
        const { row, kind, data, problem } = widget;
        const { default: View } = await kind.view();
        return (
          <LiveWidget
            key={row.id}
            id={row.id}
            hub={row.hubId}
            label={kind.label}
            nth={widgets.slice(0, widgets.indexOf(widget) + 1).filter((one) => one.kind === kind).length}
            reloadOn={kind.reloadOn}
            isMerged={data?.hub.type === 'stream'}
            query={sayFeedQuery(query)}
            View={View}
            data={forView(widget)}
            problem={problem}
          />
        );
      }),
  );
