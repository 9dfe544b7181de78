import { z } from 'zod';
import { unlinkIdentity } from '../../../../../hubs/sign-in.ts';
import { formRoute } from '../../../../forms/form-route.ts';

/** POST /api/me/accounts/unlink: `issuer`, `subject` of an account that shall not sign the sender in any more. */
export const POST = formRoute({
  fields: z.strictObject({ issuer: z.string(), subject: z.string() }),
  async act({ stores, viewer, values }) {
    await stores.database.$transaction((tx) => unlinkIdentity(tx, viewer, values));
    return { said: 'The account is taken away.' };
  },
});
