import { z } from 'zod';
import { changeJoining } from '../../hubs/change-joining.ts';
import { JoinMode } from '../../prisma/generated/enums.ts';
import type { FormDefinition } from './form-route.ts';
import { readHubId } from './hub-id.ts';

/** How somebody joins the team. */
export const joiningForm: FormDefinition<
  { version: number; joinMode: JoinMode; joinText: string },
  { hub: string }
> = {
  fields: z.strictObject({
    version: z.coerce.number({ error: 'Give the version the form began with.' }).int(),
    joinMode: z.enum(JoinMode, { error: 'Say how people join.' }),
    joinText: z
      .string({ error: 'Say what somebody reads before they join.' })
      .trim()
      .max(10_000, { error: 'That is too long: 10,000 characters at most.' }),
  }),
  async act({ stores: { database, settings }, viewer, params, values }) {
    const asking = { viewer, hubId: readHubId(params), baseUrl: settings.BASE_URL };
    return { said: await changeJoining(database, asking, values) };
  },
};
