import { z } from 'zod';
import { endLink, makeLink } from '../../../../../hubs/secret-links.ts';
import { formRoute } from '../../../../forms/form-route.ts';
import { readHubId } from '../../../../forms/hub-id.ts';

/**
 * POST /api/me/links/<hub id> {do}: `make` the sender's secret link to the hub's outputs (one that was there ends), or
 * `end` it. The word of a new link stands in the address that is answered, once.
 */
export const POST = formRoute<{ do: 'make' | 'end' }, { hub: string }>({
  fields: z.strictObject({ do: z.enum(['make', 'end'], 'Say what to do: make or end.') }),
  async act({ stores: { database }, viewer, params, values }) {
    const hubId = readHubId(params);
    if (values.do === 'end') {
      await endLink(database, viewer, hubId);
      return { said: 'The link has ended.', to: '/settings/links' };
    }
    const token = await makeLink(database, viewer, hubId);
    return { said: 'The link is made.', to: `/settings/links?made=${token}` };
  },
});
