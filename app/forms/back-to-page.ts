import { readDraft } from '../../hubs/drafts.ts';
import type { Given } from '../../ui/form.tsx';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';

/** What came back to whichever form of the page, for `<GivenBack>` (ui/form.tsx); null where nothing did. */
export async function backToPage(
  draftId: string | string[] | undefined,
): Promise<(Given & { action: string }) | null> {
  if (typeof draftId !== 'string') return null;
  const viewer = await getViewer();
  const draft = await readDraft(getStores().database, draftId, viewer?.person.id ?? null);
  return draft && { action: draft.action, fields: draft.fields, errors: draft.errors };
}
