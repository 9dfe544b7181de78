import Link from 'next/link';
import { redirect } from 'next/navigation';
import { readDraft } from '../../hubs/drafts.ts';
import { type HubType, hubPath } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import { labelOf } from '../../widgets/library.ts';
import { readLayout } from '../../widgets/save-layout.ts';
import { configuredServices } from '../../widgets/services.ts';
import { removedAction } from '../forms/layout-step-form.ts';
import { readHub } from '../hub/read-hub.ts';
import { notHere, orNotHere } from '../not-here.tsx';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';
import { EditorLoader } from './editor-loader.tsx';
import { PlainEditor } from './plain-editor.tsx';
import { readOffers } from './read-offers.tsx';

export interface LayoutQuery {
  draft?: string | string[];
  removed?: string | string[];
}

interface Props {
  type: HubType;
  name: string;
  query: LayoutQuery;
}

/** Where owners edit a hub's layout: forms that save each step at once; with JavaScript an editor with one save for all. */
export const LayoutPage = orNotHere(async ({ type, name, query }: Props) => {
  const { database, settings } = getStores();
  const hub = await readHub(database, type, name, '/layout');
  const viewer = await getViewer();
  const page = `${hubPath(hub)}/layout`;
  if (!viewer) redirect(`/sign-in?to=${encodeURIComponent(page)}`);
  if (!may(viewer, 'configure', hub)) notHere();

  const layout = await readLayout(database, hub);
  const offers = await readOffers(hub, layout.widgets, configuredServices(settings));
  const draftId = typeof query.draft === 'string' ? query.draft : '';
  const draft = draftId ? await readDraft(database, draftId, viewer.person.id) : null;
  const removed =
    typeof query.removed === 'string' ? await readDraft(database, query.removed, viewer.person.id) : null;
  const shown = {
    hub: { id: hub.id, name: hub.name, path: hubPath(hub), leftWidth: hub.leftWidth },
    startsRestricted: hub.visibility === 'preview',
    mayRestrict: hub.type !== 'stream',
    layout,
    offers,
  };
  return (
    <div className="mx-auto max-w-6xl px-4 py-6">
      <p className="text-sm">
        <Link href={hubPath(hub)} prefetch={false}>
          Back to {hub.type === 'stream' ? 'My Stream' : hub.name}
        </Link>
      </p>
      <h1 className="mt-1 mb-4 font-semibold text-2xl">Page layout</h1>
      <EditorLoader {...shown} username={viewer.person.username}>
        <PlainEditor
          {...shown}
          draft={draft}
          removed={
            removed?.action === removedAction(hub.id)
              ? { id: removed.id, label: labelOf(String(removed.fields.kind)) }
              : null
          }
        />
      </EditorLoader>
    </div>
  );
});
