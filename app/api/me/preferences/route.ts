import { z } from 'zod';
import { isTimeZone } from '../../../../hubs/time-zone.ts';
import { formRoute } from '../../../forms/form-route.ts';

/** POST /api/me/preferences {timeZone, theme}: how Hubs shows itself to who sends it; no time zone: the browser's. */
export const POST = formRoute({
  fields: z.strictObject({
    timeZone: z
      .string()
      .trim()
      .refine(
        (name) => name === '' || isTimeZone(name),
        'That is no time zone; give one like Europe/Berlin, or leave it empty.',
      )
      .transform((name) => name || null),
    theme: z.enum(['system', 'light', 'dark'], 'Choose one of the themes.'),
  }),
  async act({ stores, viewer, values }) {
    await stores.database.person.update({ where: { id: viewer.person.id }, data: values });
    return { said: 'Saved.' };
  },
});
