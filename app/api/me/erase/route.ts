import { z } from 'zod';
import { erasePerson } from '../../../../hubs/erase-person.ts';
import { formRoute } from '../../../forms/form-route.ts';

/** POST /api/me/erase {name}: erases who sends it, for good; the user name, typed again, says that it is meant. */
export const POST = formRoute({
  fields: z.strictObject({ name: z.string().trim() }),
  async act({ stores, viewer, values }) {
    await stores.database.$transaction((tx) => erasePerson(tx, viewer, values.name));
    return { said: 'Everything is erased.', to: '/' };
  },
});
