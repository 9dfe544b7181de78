import { setTimeout as after } from 'node:timers/promises';
import { endSession } from '../../../hubs/sessions.ts';
import { UpstreamError } from '../../../upstreams/upstream-error.ts';
import { nameCookie, setCookie } from '../../cookies.ts';
import { isFromHere } from '../../forms/read-form.ts';
import { orAway } from '../../say-away.ts';
import { getStores, type Stores } from '../../stores.ts';
import { goTo, leaveFor, refuse } from '../answer.ts';
import { viewerOf } from '../viewer-of.ts';

/** Nobody waits longer for a provider to be signed out of Hubs. */
const PATIENCE_MS = 3_000;

/** POST /auth/sign-out: ends the session here, then the provider's where it can be asked to. */
export const POST = orAway(async (request: Request): Promise<Response> => {
  const stores = getStores();
  const { BASE_URL } = stores.settings;
  if (!isFromHere(request, BASE_URL))
    return refuse(403, 'This was sent from another site, so nobody is signed out.');
  const gone = [setCookie(BASE_URL, nameCookie(BASE_URL), '', 0)];
  const viewer = await viewerOf(stores, request);
  if (!viewer) return goTo('/', gone);
  const session = await stores.database.session.findUnique({
    where: { id: viewer.session },
    select: { issuer: true },
  });
  await endSession(stores.database, viewer.person.id, viewer.session);
  const there = session && (await findSignOut(stores, session.issuer));
  return there ? leaveFor(there.address, there.label, gone) : goTo('/', gone);
});

async function findSignOut({ providers, settings, log }: Stores, issuer: string) {
  const provider = providers.find((one) => one.issuer === issuer);
  if (!provider) return null;
  const asked = provider.signOutAddress(new URL('/', settings.BASE_URL).href).catch((error: unknown) => {
    if (!(error instanceof UpstreamError)) throw error;
    log.warn({ err: error, provider: provider.name }, 'a sign-out did not reach the provider');
    return null;
  });
  const address = await Promise.race([asked, after(PATIENCE_MS, null, { ref: false })]);
  return address === null ? null : { address, label: provider.label };
}
