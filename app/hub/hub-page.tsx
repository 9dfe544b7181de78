import type { HubType } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import { lookAs, readViewAs } from '../../hubs/view-as.ts';
import { LiveProvider } from '../../ui/live.tsx';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';
import { Alert } from './alert.tsx';
import { HubHeader } from './hub-header.tsx';
import { HubWidgets } from './hub-widgets.tsx';
import { OwnerLinks, SeenAs } from './owner-links.tsx';
import { countRoles, readHub } from './read-hub.ts';
import { RefreshPage } from './refresh-page.tsx';

interface Props {
  type: HubType;
  name: string;
  /** As whom an owner wants to see it (`?as=`). */
  as?: unknown;
}

/** A hub's page: its header, and the widgets that the reader may see. */
export async function HubPage({ type, name, as }: Props) {
  const { database } = getStores();
  const { widgets, ...hub } = await readHub(database, type, name);
  const viewer = await getViewer();
  const seenAs = readViewAs(as, viewer, hub);
  const reader = seenAs && viewer ? lookAs(seenAs, viewer, hub) : viewer;
  const now = Date.now();
  const mayRead = may(reader, 'read', hub);
  const page = (
    <>
      {seenAs && <SeenAs as={seenAs} hub={hub} />}
      {hub.alertText && <Alert hub={hub.id} text={hub.alertText} colour={hub.alertColour} />}
      <HubHeader hub={hub} counters={mayRead ? await countRoles(database, hub) : null} now={now}>
        {may(reader, 'archive', hub) && <OwnerLinks hub={hub} />}
      </HubHeader>
      <div className="mx-auto max-w-6xl px-4 py-5">
        <HubWidgets hub={hub} rows={widgets} viewer={reader} />
        {!mayRead && <p className="mt-5 text-muted">The rest of this hub is for its members.</p>}
      </div>
    </>
  );
  // Seen with somebody else's eyes the page stands still: what the browser fetches comes with the owner's rights.
  if (seenAs) return page;
  return (
    <LiveProvider hubs={[hub.id]} now={now}>
      <RefreshPage hub={hub.id} />
      {page}
    </LiveProvider>
  );
}
