import { readDraft } from '../../hubs/drafts.ts';
import type { Given } from '../../ui/form.tsx';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';

/** What came back to the form that posts to `action`: null where nothing did, or it is another form's or person's. */
export async function givenBack(
  draftId: string | string[] | undefined,
  action: string,
): Promise<Given | null> {
  if (typeof draftId !== 'string') return null;
  const viewer = await getViewer();
  const draft = await readDraft(getStores().database, draftId, viewer?.person.id ?? null);
  return draft?.action === action ? { fields: draft.fields, errors: draft.errors } : null;
}
