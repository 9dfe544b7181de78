import { isFromHere, readLocalPath } from '../../forms/read-form.ts';
import { orAway } from '../../say-away.ts';
import { getStores } from '../../stores.ts';
import { readFields, refuse } from '../answer.ts';
import { begin } from '../begin.ts';

/** POST /auth/start: `provider`, `to` (a page to come back to), `draft` (what was pressed before) → the provider. */
export const POST = orAway(async (request: Request): Promise<Response> => {
  const stores = getStores();
  if (!isFromHere(request, stores.settings.BASE_URL))
    return refuse(403, 'This was sent from another site, so nobody is signed in.');
  const fields = await readFields(request);
  if (fields instanceof Response) return fields;
  const { provider, to, draft } = fields;
  return begin(stores, request, null, {
    provider: typeof provider === 'string' ? provider : '',
    to: readLocalPath(to) ?? '/',
    draft: typeof draft === 'string' && draft ? draft : null,
  });
});
