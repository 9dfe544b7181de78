// Sends the browser to a provider, for a sign-in or to link another account.
import { keepDraft } from '../../hubs/drafts.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import { UpstreamError } from '../../upstreams/upstream-error.ts';
import { withDraft } from '../forms/form-route.ts';
import type { Stores } from '../stores.ts';
import { goTo, leaveFor } from './answer.ts';
import { type Flow, keepFlow } from './flow.ts';

/** The address that the provider sends people back to, as it is registered there. */
export const callbackAddress = (baseUrl: string, provider: string): URL =>
  new URL(`/auth/callback/${provider}`, baseUrl);

/** @param viewer who links another account; null for a sign-in */
export async function begin(
  stores: Stores,
  request: Request,
  viewer: Viewer | null,
  wanted: Pick<Flow, 'provider' | 'to' | 'draft'>,
): Promise<Response> {
  const { BASE_URL } = stores.settings;
  const provider = stores.providers.find((one) => one.name === wanted.provider);
  if (!provider) return giveBack(stores, viewer, wanted, 'Choose one of the places to sign in with.');
  try {
    const { address, secrets } = await provider.begin(callbackAddress(BASE_URL, provider.name).href);
    const flow = { ...wanted, secrets, link: viewer?.session ?? null };
    return leaveFor(address, provider.label, keepFlow(request, BASE_URL, flow));
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    stores.log.warn({ err: error, provider: provider.name }, 'a sign-in could not begin');
    return giveBack(stores, viewer, wanted, error.message);
  }
}

/** Back to where it began, with what is wrong; what was pressed or typed before is still remembered. */
export async function giveBack(
  { database }: Stores,
  viewer: Viewer | null,
  { to, draft }: Pick<Flow, 'to' | 'draft'>,
  sentence: string,
  cookies: string[] = [],
): Promise<Response> {
  const page = viewer ? '/settings/accounts' : '/sign-in';
  const id = await keepDraft(database, viewer?.person.id ?? null, {
    action: viewer ? '/auth/link' : '/auth/start',
    page,
    fields: { to, ...(draft && { draft }) },
    errors: { '': sentence },
  });
  return goTo(withDraft(page, id), cookies);
}
