import { z } from 'zod';
import { erasePerson } from '../../../../hubs/erase-person.ts';
import { formRoute } from '../../../forms/form-route.ts';

/** POST /api/me/erase {name}: erases who sends it, for good; the user name, typed again, says that it is meant. */
export const POST = formRoute({
  fields: z.strictObject({ name: z.string().trim() }),
  async act({ stores, viewer, values }) {
    const hubs = await stores.database.$transaction((tx) => erasePerson(tx, viewer, values.name));
    for (const hub of hubs) await stores.feeds.clear(hub);
    return { said: 'Everything is erased.', to: '/' };
  },
});
