import { z } from 'zod';
import { endOtherSessions } from '../../../../../hubs/sessions.ts';
import { formRoute } from '../../../../forms/form-route.ts';

/** POST /api/me/sessions/end-others: ends all of the sender's sessions but the one it comes through. */
export const POST = formRoute({
  fields: z.strictObject({}),
  async act({ stores, viewer }) {
    const count = await endOtherSessions(stores.database, viewer);
    return { said: count === 1 ? 'One session has ended.' : `${count} sessions have ended.` };
  },
});
