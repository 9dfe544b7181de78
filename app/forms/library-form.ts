import { z } from 'zod';
import { addLink, editLink, type LinkFields, linkFields, moveLink, removeLink } from '../../hubs/library.ts';
import type { FormDefinition } from './form-route.ts';
import { placeAfter, readHubId, readRowId } from './hub-id.ts';

/** A new link. */
export const addLinkForm: FormDefinition<LinkFields, { hub: string }> = {
  fields: z.strictObject(linkFields),
  act: async ({ stores: { database, settings }, viewer, params, values }) => ({
    said: await addLink(database, { viewer, hubId: readHubId(params), baseUrl: settings.BASE_URL }, values),
  }),
};

type Change =
  | ({ do: 'save' } & LinkFields)
  | { do: 'place'; after: number }
  | { do: 'remove' | 'up' | 'down' };

/** What an owner does with a link: one form, the button says what. */
export const changeLinkForm: FormDefinition<Change, { hub: string; link: string }> = {
  fields: z.discriminatedUnion(
    'do',
    [
      z.strictObject({ do: z.literal('save'), ...linkFields }),
      z.strictObject({ do: z.literal('place'), after: placeAfter }),
      // The other buttons send the fields beside them, too; they say nothing then.
      z.object({ do: z.enum(['remove', 'up', 'down']) }),
    ],
    { error: 'Say what to do: save, remove, up, down or place.' },
  ),
  async act({ stores: { database, settings }, viewer, params, values }) {
    const asking = { viewer, hubId: readHubId(params), baseUrl: settings.BASE_URL };
    const id = readRowId(params.link);
    if (values.do === 'save') {
      const { do: _save, ...fields } = values;
      return { said: await editLink(database, asking, id, fields) };
    }
    if (values.do === 'remove') return { said: await removeLink(database, asking, id) };
    return { said: await moveLink(database, asking, id, values.do === 'place' ? values.after : values.do) };
  },
};
