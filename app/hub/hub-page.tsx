import { after } from 'next/server';
import type { HubInfo, HubType } from '../../hubs/find-hub.ts';
import { readMembership } from '../../hubs/membership.ts';
import { noteVisit } from '../../hubs/note-visit.ts';
import { may } from '../../hubs/permissions.ts';
import { lookAs, readViewAs } from '../../hubs/view-as.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import { GivenBack } from '../../ui/form.tsx';
import { LiveProvider } from '../../ui/live.tsx';
import { backToPage } from '../forms/back-to-page.ts';
import { Side } from '../side/side.tsx';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';
import { Alert } from './alert.tsx';
import { countRoles } from './count-roles.ts';
import { HubHeader } from './hub-header.tsx';
import { HubWidgets } from './hub-widgets.tsx';
import { OutputLinks } from './output-links.tsx';
import { LayoutLink, OwnerLinks, SeenAs } from './owner-links.tsx';
import { readHub } from './read-hub.ts';
import { RefreshPage } from './refresh-page.tsx';
import { RoleButtons, StarButton } from './role-buttons.tsx';
import { SetupList } from './setup-list.tsx';

interface Props {
  type: HubType;
  name: string;
  /** As whom an owner wants to see it (`?as=`). */
  as?: unknown;
  /** What came back to a form on the page (`?draft=`). */
  draft?: string | string[] | undefined;
}

/** A hub's page: its header, and the widgets that the reader may see. */
export async function HubPage({ type, name, as, draft }: Props) {
  const { database, settings } = getStores();
  const { widgets, ...hub } = await readHub(database, type, name);
  const viewer = await getViewer();
  const seenAs = readViewAs(as, viewer, hub);
  const reader = seenAs && viewer ? lookAs(seenAs, viewer, hub) : viewer;
  const now = Date.now();
  if (viewer) rememberVisit(viewer, hub);
  const given = { hub, viewer: reader, membership: await readMembership(database, reader, hub.id, now) };
  const mayRead = may(reader, 'read', hub);
  const page = (
    <>
      {seenAs && <SeenAs as={seenAs} hub={hub} />}
      {hub.alertText && <Alert hub={hub.id} text={hub.alertText} colour={hub.alertColour} />}
      <HubHeader
        hub={hub}
        counters={mayRead && hub.type !== 'stream' ? await countRoles(database, hub) : null}
        now={now}
        star={<StarButton {...given} />}
        actions={
          <div className="grid gap-1.5">
            <RoleButtons {...given} />
            <div className="relative flex flex-wrap gap-x-4 text-sm">
              {hub.type !== 'stream' && may(reader, 'archive', hub) && <OwnerLinks hub={hub} />}
              {hub.type === 'stream' && <LayoutLink hub={hub} />}
            </div>
          </div>
        }
      />
      <div className="mx-auto max-w-6xl px-4 py-5">
        {may(reader, 'configure', hub) && <SetupList hub={hub} />}
        <GivenBack back={await backToPage(draft)}>
          <HubWidgets hub={hub} rows={widgets} viewer={reader} />
        </GivenBack>
        {!mayRead && <p className="mt-5 text-muted">The rest of this hub is for its members.</p>}
        {mayRead && <OutputLinks hub={hub} baseUrl={settings.BASE_URL} />}
      </div>
    </>
  );
  // Seen with somebody else's eyes the page stands still: what the browser fetches comes with the owner's rights.
  if (seenAs) return <Side current={hub}>{page}</Side>;
  return (
    <Side current={hub}>
      <LiveProvider hubs={[hub.id]} now={now}>
        <RefreshPage hub={hub.id} />
        {page}
      </LiveProvider>
    </Side>
  );
}

function rememberVisit(viewer: Viewer, hub: HubInfo): void {
  const { database, log } = getStores();
  after(() =>
    noteVisit(database, viewer.person.id, hub.id).catch((error: unknown) =>
      log.error({ err: error }, 'a visit could not be noted'),
    ),
  );
}
