import { z } from 'zod';
import { choosePrivacy } from '../../../../hubs/choose-privacy.ts';
import { audiences, contactLines } from '../../../../hubs/contact.ts';
import { formRoute } from '../../../forms/form-route.ts';

/** POST /api/me/privacy: to whom each line of one's contact is shown (hubs/contact.ts). */
export const POST = formRoute({
  fields: z.record(z.enum(contactLines), z.enum(audiences, 'Choose who may see it.')),
  async act({ stores, viewer, values }) {
    await choosePrivacy(stores.database, viewer.person.username, values);
    return { said: 'Saved.' };
  },
});
