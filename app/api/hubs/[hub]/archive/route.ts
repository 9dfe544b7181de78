import { z } from 'zod';
import { archiveHub } from '../../../../../hubs/archive-hub.ts';
import { formRoute } from '../../../../forms/form-route.ts';
import { readHubId } from '../../../../forms/hub-id.ts';

/** POST /api/hubs/<id>/archive {archived: yes|no}: archives the hub or wakes it. */
export const POST = formRoute<{ archived: 'yes' | 'no' }, { hub: string }>({
  fields: z.strictObject({ archived: z.enum(['yes', 'no']) }),
  async act({ stores, viewer, params, values }) {
    const archived = values.archived === 'yes';
    const asking = { viewer, hubId: readHubId(params), baseUrl: stores.settings.BASE_URL };
    await stores.database.$transaction((tx) => archiveHub(tx, asking, archived));
    return { said: archived ? 'The hub is archived.' : 'The hub is awake again.' };
  },
});
