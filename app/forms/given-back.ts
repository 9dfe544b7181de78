import { readDraft } from '../../hubs/drafts.ts';
import type { Given } from '../../ui/form.tsx';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';

/** What was typed into the form that posts to `action` and could not be taken; null where nothing came back to it. */
export async function givenBack(
  draftId: string | string[] | undefined,
  action: string,
): Promise<Given | null> {
  if (typeof draftId !== 'string') return null;
  const viewer = await getViewer();
  const draft = await readDraft(getStores().database, draftId, viewer?.person.id ?? null);
  return draft?.action === action ? { fields: draft.fields, errors: draft.errors } : null;
}
