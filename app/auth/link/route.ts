import { isFromHere } from '../../forms/read-form.ts';
import { orAway } from '../../say-away.ts';
import { getStores } from '../../stores.ts';
import { goTo, readFields, refuse } from '../answer.ts';
import { begin } from '../begin.ts';
import { viewerOf } from '../viewer-of.ts';

const PAGE = '/settings/accounts';

/** POST /auth/link: `provider` → the provider, and back with a second account for whoever is signed in. */
export const POST = orAway(async (request: Request): Promise<Response> => {
  const stores = getStores();
  if (!isFromHere(request, stores.settings.BASE_URL))
    return refuse(403, 'This was sent from another site, so nothing is linked.');
  const viewer = await viewerOf(stores, request);
  if (!viewer) return goTo(`/sign-in?to=${PAGE}`);
  const fields = await readFields(request);
  if (fields instanceof Response) return fields;
  const name = typeof fields.provider === 'string' ? fields.provider : '';
  return begin(stores, request, viewer, { provider: name, to: PAGE, draft: null });
});
