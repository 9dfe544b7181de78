import { z } from 'zod';
import { chooseMentor, decideRequest } from '../../hubs/decide-request.ts';
import type { FormDefinition } from './form-route.ts';
import { readHubId } from './hub-id.ts';

interface Values {
  request: number;
  do: 'approve' | 'deny' | 'mentor';
  answer: string;
  mentor: string;
}

/** What an owner does with a request to join. */
export const requestForm: FormDefinition<Values, { hub: string }> = {
  fields: z.strictObject({
    request: z.coerce
      .number({ error: 'The request must be given by its number.' })
      .int({ error: 'The request must be given by its number.' })
      .min(1, { error: 'The request must be given by its number.' })
      .max(2_147_483_647, { error: 'The request must be given by its number.' }),
    do: z.enum(['approve', 'deny', 'mentor'], { error: 'Say one of approve, deny, mentor.' }),
    answer: z
      .string()
      .trim()
      .max(1_000, { error: 'That is too long: 1,000 characters at most.' })
      .default(''),
    mentor: z.string().trim().default(''),
  }),
  async act({ stores: { database, settings }, viewer, params, values }) {
    const asking = { viewer, hubId: readHubId(params), baseUrl: settings.BASE_URL };
    if (values.do === 'mentor') return { said: await chooseMentor(database, asking, values) };
    return { said: await decideRequest(database, asking, { ...values, decision: values.do }) };
  },
};
