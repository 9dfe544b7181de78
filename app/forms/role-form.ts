import { z } from 'zod';
import { askToJoin, withdrawRequest } from '../../hubs/ask-to-join.ts';
import { changeRole, type RoleChange, roleChanges } from '../../hubs/change-role.ts';
import type { FormDefinition } from './form-route.ts';
import { readHubId } from './hub-id.ts';

interface Values {
  change: RoleChange | 'join' | 'withdraw';
  text: string;
}

/** The buttons of a hub: what the one signed in wants to be to it. */
export const roleForm: FormDefinition<Values, { hub: string }> = {
  fields: z.strictObject({
    change: z.enum([...roleChanges, 'join', 'withdraw'], {
      error: `Say one of ${[...roleChanges, 'join', 'withdraw'].join(', ')}.`,
    }),
    text: z.string().trim().max(2_000, { error: 'That is too long: 2,000 characters at most.' }).default(''),
  }),
  async act({ stores: { database, settings }, viewer, params, values: { change, text } }) {
    const asking = { viewer, hubId: readHubId(params), baseUrl: settings.BASE_URL };
    if (change === 'join') return { said: await askToJoin(database, asking, text) };
    if (change === 'withdraw') return { said: await withdrawRequest(database, asking) };
    return { said: await changeRole(database, asking, change) };
  },
};
