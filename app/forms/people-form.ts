import { z } from 'zod';
import { changePeople, type PeopleChange, peopleChanges } from '../../hubs/change-people.ts';
import type { FormDefinition } from './form-route.ts';
import { readHubId } from './hub-id.ts';

interface Values {
  username: string;
  change: PeopleChange;
}

/** What an owner does with somebody's role. */
export const peopleForm: FormDefinition<Values, { hub: string }> = {
  fields: z.strictObject({
    username: z
      .string({ error: 'Say who: a user name.' })
      .trim()
      .min(1, { error: 'Say who: a user name.' })
      .max(64, { error: 'A user name has 64 characters at most.' }),
    change: z.enum(peopleChanges, { error: `Say one of ${peopleChanges.join(', ')}.` }),
  }),
  async act({ stores: { database, settings }, viewer, params, values }) {
    const asking = { viewer, hubId: readHubId(params), baseUrl: settings.BASE_URL };
    return { said: await changePeople(database, asking, values) };
  },
};
