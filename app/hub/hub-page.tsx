import Link from 'next/link';
import { after } from 'next/server';
import { type HubInfo, type HubType, hubPath } from '../../hubs/find-hub.ts';
import { type Membership, readMembership } from '../../hubs/membership.ts';
import { noteVisit } from '../../hubs/note-visit.ts';
import { may } from '../../hubs/permissions.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import { LiveProvider } from '../../ui/live.tsx';
import { Side } from '../side/side.tsx';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';
import { HubHeader } from './hub-header.tsx';
import { HubWidgets } from './hub-widgets.tsx';
import { countRoles, readHub } from './read-hub.ts';
import { RefreshPage } from './refresh-page.tsx';
import { RoleButtons, StarButton } from './role-buttons.tsx';
import { SetupList } from './setup-list.tsx';

/** A hub's page: its header, and for those who may read it, its widgets. */
export async function HubPage({ type, name }: { type: HubType; name: string }) {
  const { database } = getStores();
  const viewer = await getViewer();
  const { widgets, ...hub } = await readHub(database, type, name);
  const now = Date.now();
  const membership = await readMembership(database, viewer, hub.id, now);
  if (viewer) rememberVisit(viewer, hub);
  const header = headerOf(hub, viewer, membership);
  if (!may(viewer, 'read', hub)) {
    return (
      <Side current={hub}>
        <HubHeader {...header} counters={null} now={now} />
        <p className="mx-auto max-w-6xl px-4 py-6 text-muted">The rest of this hub is for its members.</p>
      </Side>
    );
  }
  return (
    <Side current={hub}>
      <LiveProvider hubs={[hub.id]} now={now}>
        <RefreshPage hub={hub.id} />
        <HubHeader
          {...header}
          counters={hub.type === 'stream' ? null : await countRoles(database, hub)}
          now={now}
        />
        <div className="mx-auto max-w-6xl px-4 py-5">
          {may(viewer, 'configure', hub) && <SetupList hub={hub} />}
          <HubWidgets hub={hub} rows={widgets} />
        </div>
      </LiveProvider>
    </Side>
  );
}

function headerOf(hub: HubInfo, viewer: Viewer | null, membership: Membership) {
  const given = { hub, viewer, membership };
  return { hub, star: <StarButton {...given} />, actions: <Actions {...given} /> };
}

function Actions({
  hub,
  viewer,
  membership,
}: {
  hub: HubInfo;
  viewer: Viewer | null;
  membership: Membership;
}) {
  return (
    <div className="grid gap-1.5">
      <RoleButtons hub={hub} viewer={viewer} membership={membership} />
      {hub.type === 'team' && may(viewer, 'archive', hub) && (
        <Link href={`${hubPath(hub)}/settings`} prefetch={false} className="text-sm">
          Hub settings
        </Link>
      )}
    </div>
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
