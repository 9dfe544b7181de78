import { z } from 'zod';
import { readEntry } from '../../feeds/read-entry.ts';
import { saveEntry, unsaveEntry } from '../../feeds/saved.ts';
import type { ToldEntry } from '../../feeds/told-entry.ts';
import { noSuchHub } from '../../hubs/enter-hub.ts';
import { hide } from '../../hubs/hidden.ts';
import { HubError } from '../../hubs/hub-error.ts';
import { addLink, linkFields } from '../../hubs/library.ts';
import { may } from '../../hubs/permissions.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import type { Stores } from '../stores.ts';
import type { FormDefinition } from './form-route.ts';
import { readHubId } from './hub-id.ts';

const steps = ['save', 'unsave', 'hide', 'hide-kind', 'hide-hub'] as const;

/** The entry and the hub in whose feed one reads it. */
const which = { hub: z.string(), entry: z.string().min(1).max(200) };

const fields = z.discriminatedUnion(
  'do',
  [
    z.strictObject({ ...which, do: z.enum(steps) }),
    z.strictObject({ ...which, do: z.literal('pin'), library: z.string(), title: linkFields.title }),
  ],
  { error: `Say one of ${steps.join(', ')}, pin.` },
);

/** What one does with an entry: one form, the button says what. */
export const entryForm: FormDefinition<z.output<typeof fields>, unknown> = {
  fields,
  async act({ stores, viewer, values }) {
    const { hub: hubId, entry: id, do: step } = values;
    const { database, settings } = stores;
    if (step === 'unsave') {
      await unsaveEntry(database, viewer, id);
      return { said: 'It is no longer among what you saved.' };
    }
    const hub = await database.hub.findUnique({ where: { id: readHubId({ hub: hubId }) } });
    if (!hub || !may(viewer, 'know', hub)) throw noSuchHub();
    if (step === 'hide-hub') {
      await hide(database, viewer, 'hub', String(hub.id));
      return { said: `${hub.name} is hidden from your stream.` };
    }
    const entry = await readEntry({ database, feeds: stores.feeds, viewer }, hub, id);
    if (!entry) throw new HubError('This feed does not keep that entry any more.', { code: 'not_found' });
    if (values.do === 'pin') {
      const url = linkFields.url.safeParse(entry.activity.link);
      if (!url.success) throw new HubError('This entry leads to no page that could be kept.');
      const asking = { viewer, hubId: readHubId({ hub: values.library }), baseUrl: settings.BASE_URL };
      const link = { url: url.data, title: values.title, description: '' };
      return { said: await addLink(database, asking, link) };
    }
    if (step === 'save') {
      await saveEntry(database, viewer, hub, entry);
      return { said: 'Saved.' };
    }
    return { said: await hideEntry(stores, viewer, entry, step === 'hide' ? 'hide' : 'hide-kind') };
  },
};

async function hideEntry(
  { database }: Stores,
  viewer: Viewer,
  { id, kind }: ToldEntry,
  step: 'hide' | 'hide-kind',
): Promise<string> {
  if (step === 'hide') await hide(database, viewer, 'entry', id);
  else await hide(database, viewer, 'kind', kind);
  return step === 'hide' ? 'The entry is hidden.' : `Everything of the kind ${kind} is hidden.`;
}
