import { HubError } from '../../../../hubs/hub-error.ts';
import { endSession } from '../../../../hubs/sessions.ts';
import { linkIdentity, signIn } from '../../../../hubs/sign-in.ts';
import type { Viewer } from '../../../../hubs/viewer.ts';
import type { Claims } from '../../../../upstreams/oidc/claims.ts';
import { UpstreamError } from '../../../../upstreams/upstream-error.ts';
import { nameCookie, setCookie } from '../../../cookies.ts';
import { orAway } from '../../../say-away.ts';
import { getStores, type Stores } from '../../../stores.ts';
import { goTo, refuse } from '../../answer.ts';
import { callbackAddress, giveBack } from '../../begin.ts';
import { dropFlow, type Flow, readFlow } from '../../flow.ts';
import { land } from '../../land.ts';
import { signInRules } from '../../rules.ts';
import { viewerOf } from '../../viewer-of.ts';

/** GET /auth/callback/<provider>: the provider's answer. Ends signed in on the page where the sign-in began. */
export const GET = orAway(hearProvider);

async function hearProvider(
  request: Request,
  { params }: { params: Promise<{ provider: string }> },
): Promise<Response> {
  const stores = getStores();
  const { BASE_URL } = stores.settings;
  const name = (await params).provider;
  const provider = stores.providers.find((one) => one.name === name);
  if (!provider) return refuse(404, 'Nobody signs in here.');

  // The address as the browser has it: behind a proxy the request's own is another one.
  const callback = callbackAddress(BASE_URL, name);
  callback.search = new URL(request.url).search;
  const viewer = await viewerOf(stores, request);
  const flow = readFlow(request, BASE_URL, callback.searchParams.get('state') ?? '');
  if (!flow || flow.provider !== name) {
    if (viewer) return goTo('/');
    return giveBack(stores, null, { to: '/', draft: null }, notBegun);
  }
  const ended = [dropFlow(BASE_URL, flow.secrets.state)];
  const linker = flow.link !== null && viewer?.session === flow.link ? viewer : null;
  if (flow.link !== null && !linker) return giveBack(stores, null, flow, signedOutMeanwhile, ended);
  try {
    const claims = await provider.finish(callback, flow.secrets);
    if (linker) {
      await stores.database.$transaction((tx) => linkIdentity(tx, linker, claims));
      return goTo(flow.to, ended);
    }
    return await enter(stores, request, claims, viewer, flow, ended);
  } catch (error) {
    if (!(error instanceof UpstreamError) && !(error instanceof HubError)) throw error;
    stores.log.warn({ err: error, provider: name }, 'a sign-in failed');
    return giveBack(stores, linker, flow, error.message, ended);
  }
}

const notBegun =
  'That sign-in was not begun in this browser, is finished already, or took longer than 10 minutes. Begin again.';
const signedOutMeanwhile =
  'You were signed out meanwhile, so nothing was linked. Sign in, and link it again.';

/** A session of its own, also for who was signed in already: what was known before opens nothing. */
async function enter(
  stores: Stores,
  request: Request,
  claims: Claims,
  before: Viewer | null,
  flow: Flow,
  cookies: string[],
): Promise<Response> {
  const { database, settings } = stores;
  const userAgent = request.headers.get('user-agent') ?? '';
  const { token } = await database.$transaction((tx) => signIn(tx, claims, userAgent, signInRules(stores)));
  if (before) await endSession(database, before.person.id, before.session);
  const to = await land(stores, request, token, flow);
  const { BASE_URL, SESSION_MAX_MS } = settings;
  const cookie = setCookie(BASE_URL, nameCookie(BASE_URL), token, Math.floor(SESSION_MAX_MS / 1_000));
  return goTo(to, [cookie, ...cookies]);
}
