import { z } from 'zod';
import { dismissSetup } from '../../hubs/setup.ts';
import type { FormDefinition } from './form-route.ts';
import { readHubId } from './hub-id.ts';

/** An owner needs the list of what is unset no more. */
export const setupForm: FormDefinition<Record<string, never>, { hub: string }> = {
  fields: z.strictObject({}),
  async act({ stores: { database, settings }, viewer, params }) {
    await dismissSetup(database, { viewer, hubId: readHubId(params), baseUrl: settings.BASE_URL });
    return { said: 'The list is gone.' };
  },
};
