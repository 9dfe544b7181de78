import { after } from 'next/server';
import type { HubInfo } from '../../hubs/find-hub.ts';
import type { Widget } from '../../prisma/generated/client.ts';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';
import { LiveWidget } from './live-widget.tsx';
import { loadWhatIsOld, type ReadWidget, readWidgets, shownTo } from './read-widgets.ts';

/** The widgets of a hub in its two columns; on a phone one, left before right. */
export async function HubWidgets({ hub, rows }: { hub: HubInfo; rows: Widget[] }) {
  const stores = getStores();
  const viewer = await getViewer();
  const widgets = shownTo(viewer, hub, await readWidgets(stores, hub, rows, viewer));
  after(() => loadWhatIsOld(stores, widgets));
  if (widgets.length === 0) {
    return <p className="text-muted">This hub has no widgets yet.</p>;
  }
  return (
    <div className="grid items-start gap-5 lg:grid-cols-3">
      <div className="grid min-w-0 gap-5 lg:col-span-2">{await column('left', widgets)}</div>
      <div className="grid min-w-0 gap-5">{await column('right', widgets)}</div>
    </div>
  );
}

const column = (name: Widget['column'], widgets: ReadWidget[]) =>
  Promise.all(
    widgets
      .filter(({ row }) => row.column === name)
      .map(async ({ row, kind, data, problem }) => (
        <LiveWidget
          key={row.id}
          id={row.id}
          hub={row.hubId}
          label={kind.label}
          reloadOn={kind.reloadOn}
          View={(await kind.view()).default}
          data={data}
          problem={problem}
        />
      )),
  );
