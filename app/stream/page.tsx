import type { Metadata } from 'next';
import { readFeedQuery } from '../../feeds/filter.ts';
import { isBackfilling } from '../../hubs/backfill.ts';
import { GivenBack } from '../../ui/form.tsx';
import { backToPage } from '../forms/back-to-page.ts';
import type { HubQuery } from '../hub/hub-page.tsx';
import { HubWidgets, readHubWidgets } from '../hub/hub-widgets.tsx';
import { OutputLinks } from '../hub/output-links.tsx';
import { rememberVisit } from '../hub/remember-visit.ts';
import { getStores } from '../stores.ts';
import { readStream } from './read-stream.ts';
import { readTeamsToFollow } from './read-to-follow.ts';
import { StreamFrame } from './stream-frame.tsx';
import { TeamsToFollow } from './teams-to-follow.tsx';

export const metadata: Metadata = { title: 'My Stream' };

/** What concerns the one signed in, with what happens in their hubs; nobody else reads it. */
export default async function Page({ searchParams }: { searchParams: Promise<HubQuery> }) {
  const now = Date.now();
  const query = await searchParams;
  const { viewer, hub, widgets: rows } = await readStream('/stream');
  rememberVisit(viewer, hub.id);
  const { database, settings } = getStores();
  const archive = settings.ARCHIVE_URL;
  const feedQuery = readFeedQuery(query);
  const [isFilling, toFollow, widgets, back] = await Promise.all([
    archive && isBackfilling(database, viewer.person.username),
    readTeamsToFollow(database, viewer, hub.createdAt, now),
    readHubWidgets(hub, rows, viewer, feedQuery),
    backToPage(query.draft),
  ]);
  const filling = archive && isFilling ? new URL(archive) : null;
  return (
    <StreamFrame viewer={viewer} hub={hub} tab="/stream" now={now}>
      {filling && (
        <p role="status" className="mb-4 text-muted text-sm">
          What concerned you in the last 30 days is being fetched from {filling.host}; it appears here by
          itself.
        </p>
      )}
      <TeamsToFollow teams={toFollow} />
      <GivenBack back={back}>
        <HubWidgets hub={hub} widgets={widgets} query={feedQuery} />
      </GivenBack>
      <OutputLinks hub={hub} query={feedQuery} />
    </StreamFrame>
  );
}
