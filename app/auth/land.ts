import { claimDraft } from '../../hubs/drafts.ts';
import { findViewer } from '../../hubs/sessions.ts';
import { isDraftOfBrowser } from '../forms/draft-cookie.ts';
import { finishDraft } from '../forms/finish.ts';
import type { Stores } from '../stores.ts';
import type { Flow } from './flow.ts';

/** The page for whoever has just signed in: what was pressed before is done, what was typed stands in its form. */
export async function land(
  stores: Stores,
  request: Request,
  token: string,
  { to, draft: id }: Flow,
): Promise<string> {
  const { database, settings } = stores;
  if (!id || !isDraftOfBrowser(request, settings.BASE_URL, id)) return to;
  const viewer = await findViewer(database, token, settings);
  const draft = viewer && (await claimDraft(database, id, viewer.person.id));
  return draft ? finishDraft(stores, viewer, draft) : to;
}
