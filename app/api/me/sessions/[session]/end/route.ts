import { z } from 'zod';
import { HubError } from '../../../../../../hubs/hub-error.ts';
import { endSession } from '../../../../../../hubs/sessions.ts';
import { formRoute } from '../../../../../forms/form-route.ts';
import { isId } from '../../../../../forms/hub-id.ts';

/** POST /api/me/sessions/<id>/end: ends one of the sender's sessions. */
export const POST = formRoute<object, { session: string }>({
  fields: z.strictObject({}),
  async act({ stores, viewer, params }) {
    if (!isId(params.session)) throw new HubError('There is no such session.', { code: 'not_found' });
    await endSession(stores.database, viewer.person.id, Number(params.session));
    return { said: 'The session has ended.' };
  },
});
