import { z } from 'zod';
import { HubError } from '../../../../../../hubs/hub-error.ts';
import { endSession } from '../../../../../../hubs/sessions.ts';
import { formRoute } from '../../../../../forms/form-route.ts';

/** POST /api/me/sessions/<id>/end: ends one of the sender's sessions. */
export const POST = formRoute<object, { session: string }>({
  fields: z.strictObject({}),
  async act({ stores, viewer, params }) {
    const id = Number(params.session);
    if (!Number.isInteger(id) || id < 1 || id > 2_147_483_647)
      throw new HubError('There is no such session.', { code: 'not_found' });
    await endSession(stores.database, viewer.person.id, id);
    return { said: 'The session has ended.' };
  },
});
