import { z } from 'zod';
import { noSuchHub } from '../../hubs/enter-hub.ts';
import { hide, interestOf, unhide } from '../../hubs/hidden.ts';
import { may } from '../../hubs/permissions.ts';
import type { FormDefinition } from './form-route.ts';
import { readHubId, readRowId } from './hub-id.ts';

type Values =
  | { do: 'show'; id: string }
  /** An interest's switch; `to` is what it will be. */
  | { do: 'switch'; hub: string; key: string; to: 'on' | 'off' };

/** Shows again what was hidden; switches an interest of one's stream off and on. */
export const hiddenForm: FormDefinition<Values, unknown> = {
  fields: z.discriminatedUnion(
    'do',
    [
      z.strictObject({ do: z.literal('show'), id: z.string() }),
      z.strictObject({
        do: z.literal('switch'),
        hub: z.string(),
        key: z.string().min(1).max(500),
        to: z.enum(['on', 'off']),
      }),
    ],
    { error: 'Say what to do: show or switch.' },
  ),
  async act({ stores: { database }, viewer, values }) {
    if (values.do === 'show') {
      await unhide(database, viewer, { id: readRowId(values.id) });
      return { said: 'It is shown again.' };
    }
    const hub = await database.hub.findUnique({ where: { id: readHubId(values) } });
    if (!hub || !may(viewer, 'know', hub)) throw noSuchHub();
    const value = interestOf(hub.id, values.key);
    if (values.to === 'off') await hide(database, viewer, 'interest', value);
    else await unhide(database, viewer, { what: 'interest', value });
    return { said: `Switched ${values.to}.` };
  },
};
