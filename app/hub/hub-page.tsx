import { readFeedQuery } from '../../feeds/filter.ts';
import type { HubType } from '../../hubs/find-hub.ts';
import { readMembership } from '../../hubs/membership.ts';
import { may } from '../../hubs/permissions.ts';
import { lookAs, readViewAs } from '../../hubs/view-as.ts';
import { GivenBack } from '../../ui/form.tsx';
import { LiveProvider } from '../../ui/live.tsx';
import { listedRoles } from '../../widgets/listed-roles.ts';
import { backToPage } from '../forms/back-to-page.ts';
import { orNotHere } from '../not-here.tsx';
import { Side } from '../side/side.tsx';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';
import { Alert } from './alert.tsx';
import { countRoles } from './count-roles.ts';
import { HubHeader } from './hub-header.tsx';
import { HubWidgets, readHubWidgets } from './hub-widgets.tsx';
import { OutputLinks } from './output-links.tsx';
import { OwnerLinks, SeenAs, SeenAsNothing } from './owner-links.tsx';
import { readHub } from './read-hub.ts';
import { RefreshPage } from './refresh-page.tsx';
import { rememberVisit } from './remember-visit.ts';
import { RoleButtons, StarButton } from './role-buttons.tsx';
import { SetupList } from './setup-list.tsx';

export type HubQuery = Record<string, string | string[] | undefined>;

interface Props {
  type: Exclude<HubType, 'stream'>;
  name: string;
  /**
   * Of the address: `as` whom an owner wants to see it, `draft`: what came back to a form, and what is asked of the feed
   * (feeds/filter.ts).
   */
  query: HubQuery;
}

/** A hub's page: its header, and the widgets that the reader may see. */
export const HubPage = orNotHere(async ({ type, name, query }: Props) => {
  const now = Date.now();
  const { database } = getStores();
  const { widgets: rows, ...hub } = await readHub(database, type, name);
  const viewer = await getViewer();
  const seenAs = readViewAs(query.as, viewer, hub);
  const reader = seenAs ? lookAs(seenAs, hub) : viewer;
  if (viewer) rememberVisit(viewer, hub.id);
  if (seenAs && !may(reader, 'know', hub)) return <SeenAsNothing as={seenAs} hub={hub} />;
  const mayRead = may(reader, 'read', hub);
  const feedQuery = readFeedQuery(query);
  const [membership, counters, widgets, back] = await Promise.all([
    readMembership(database, reader, hub.id, now),
    mayRead ? countRoles(database, hub) : null,
    readHubWidgets(hub, rows, reader, feedQuery),
    backToPage(query.draft),
  ]);
  // A stranger's roles are in no table.
  if (seenAs === 'member') membership.standing = 'member';
  const given = { hub, viewer: reader, membership };
  const page = (
    <>
      {seenAs && <SeenAs as={seenAs} hub={hub} />}
      {hub.alertText && <Alert hub={hub.id} text={hub.alertText} colour={hub.alertColour} />}
      <HubHeader
        hub={hub}
        counters={counters}
        listsMembers={type === 'team' && listedRoles(reader, hub, rows).includes('member')}
        now={now}
        star={<StarButton {...given} />}
        actions={
          <div className="grid gap-1.5">
            <RoleButtons {...given} />
            <div className="relative flex flex-wrap gap-x-4 text-sm leading-6">
              {may(reader, 'archive', hub) && <OwnerLinks hub={hub} />}
            </div>
          </div>
        }
      />
      <div className="mx-auto max-w-6xl px-4 py-5">
        {may(reader, 'configure', hub) && <SetupList hub={hub} />}
        <GivenBack back={back}>
          {(mayRead || widgets.length > 0) && <HubWidgets hub={hub} widgets={widgets} query={feedQuery} />}
        </GivenBack>
        {!mayRead && (
          <p className="text-muted not-first:mt-5">
            {widgets.length > 0 ? 'The rest of this hub is' : 'What happens in this hub is'} for its members.
          </p>
        )}
        {mayRead && <OutputLinks hub={hub} query={feedQuery} />}
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
});
