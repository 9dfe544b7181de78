import { z } from 'zod';
import { tellBrowsers } from '../../../../hubs/changes.ts';
import { audiences, contactLines } from '../../../../hubs/contact.ts';
import { formRoute } from '../../../forms/form-route.ts';

/** POST /api/me/privacy: to whom each line of one's contact is shown (hubs/contact.ts). */
export const POST = formRoute({
  fields: z.record(z.enum(contactLines), z.enum(audiences, 'Choose who may see it.')),
  async act({ stores, viewer, values }) {
    const { id, username } = viewer.person;
    await stores.database.$transaction(async (tx) => {
      await tx.person.update({ where: { id }, data: { privacy: values } });
      const own = await tx.hub.findUnique({ where: { type_name: { type: 'user', name: username } } });
      // What is not for others any more leaves the pages that are open, too.
      if (own) await tellBrowsers(tx, own, 'hub');
    });
    return { said: 'Saved.' };
  },
});
