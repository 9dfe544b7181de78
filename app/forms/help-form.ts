import { z } from 'zod';
import { askForHelp, type HelpStep, helpFields, helpSteps, moveHelp } from '../../hubs/help.ts';
import type { FormDefinition } from './form-route.ts';
import { readHubId, readRowId } from './hub-id.ts';

/** A request for help in the hub's name. */
export const askForHelpForm: FormDefinition<{ title: string; text: string }, { hub: string }> = {
  fields: z.strictObject(helpFields),
  act: async ({ stores: { database, settings }, viewer, params, values }) => ({
    said: await askForHelp(
      database,
      { viewer, hubId: readHubId(params), baseUrl: settings.BASE_URL },
      values,
    ),
  }),
};

/** Takes it, gives it back, or says that it is done. */
export const moveHelpForm: FormDefinition<{ step: HelpStep }, { hub: string; request: string }> = {
  fields: z.strictObject({ step: z.enum(helpSteps, { error: `Say one of ${helpSteps.join(', ')}.` }) }),
  async act({ stores: { database, settings }, viewer, params, values: { step } }) {
    const asking = { viewer, hubId: readHubId(params), baseUrl: settings.BASE_URL };
    return { said: await moveHelp(database, asking, readRowId(params.request), step) };
  },
};
