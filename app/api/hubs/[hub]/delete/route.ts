import { z } from 'zod';
import { deleteHub } from '../../../../../hubs/archive-hub.ts';
import { formRoute } from '../../../../forms/form-route.ts';
import { readHubId } from '../../../../forms/hub-id.ts';

/** POST /api/hubs/<id>/delete {name}: deletes the hub for good; the name, typed again, says that it is meant. */
export const POST = formRoute<{ name: string }, { hub: string }>({
  fields: z.strictObject({ name: z.string().trim() }),
  async act({ stores, viewer, params, values }) {
    const asking = { viewer, hubId: readHubId(params), baseUrl: stores.settings.BASE_URL };
    await stores.database.$transaction((tx) => deleteHub(tx, asking, values.name));
    return { said: 'The hub is deleted.', to: '/' };
  },
});
