import Link from 'next/link';
import { type HubType, hubPath } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import { GivenBack } from '../../ui/form.tsx';
import { LiveProvider } from '../../ui/live.tsx';
import { backToPage } from '../forms/back-to-page.ts';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';
import { HubHeader } from './hub-header.tsx';
import { HubWidgets } from './hub-widgets.tsx';
import { countRoles, readHub } from './read-hub.ts';
import { RefreshPage } from './refresh-page.tsx';

/** A hub's page: its header, and for those who may read it, its widgets. */
export async function HubPage({
  type,
  name,
  draft,
}: {
  type: HubType;
  name: string;
  draft: string | undefined;
}) {
  const { database } = getStores();
  const { widgets, ...hub } = await readHub(database, type, name);
  const now = Date.now();
  const viewer = await getViewer();
  if (!may(viewer, 'read', hub)) {
    return (
      <>
        <HubHeader hub={hub} counters={null} now={now} />
        <p className="mx-auto max-w-6xl px-4 py-6 text-muted">The rest of this hub is for its members.</p>
      </>
    );
  }
  return (
    <LiveProvider hubs={[hub.id]} now={now}>
      <RefreshPage hub={hub.id} />
      <HubHeader hub={hub} counters={await countRoles(database, hub)} now={now} />
      <div className="mx-auto max-w-6xl px-4 py-5">
        {may(viewer, 'configure', hub) && (
          <p className="mb-3 text-right text-sm">
            <Link href={`${hubPath(hub)}/layout`} prefetch={false}>
              edit page layout
            </Link>
          </p>
        )}
        <GivenBack back={await backToPage(draft)}>
          <HubWidgets hub={hub} rows={widgets} />
        </GivenBack>
      </div>
    </LiveProvider>
  );
}
