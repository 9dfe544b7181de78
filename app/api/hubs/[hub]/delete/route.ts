import { z } from 'zod';
import { deleteHub } from '../../../../../hubs/archive-hub.ts';
import { formRoute } from '../../../../forms/form-route.ts';
import { readId } from '../../../read-id.ts';

/** POST /api/hubs/<id>/delete {name}: deletes the hub for good; the name, typed again, says that it is meant. */
export const POST = formRoute<{ name: string }, { hub: string }>({
  fields: z.strictObject({ name: z.string().trim() }),
  async act({ stores, viewer, params, values }) {
    const hubId = readId(params.hub);
    await stores.database.$transaction((tx) => deleteHub(tx, viewer, hubId, values.name));
    await stores.feeds.clear(hubId);
    return { said: 'The hub is deleted.', to: '/' };
  },
});
