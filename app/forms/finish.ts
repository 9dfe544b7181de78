// Forms that somebody pressed without a session, and that are done for them once they have signed in.
import { type Draft, dropDraft, keepDraft } from '../../hubs/drafts.ts';
import { HubError } from '../../hubs/hub-error.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import type { Stores } from '../stores.ts';
import { FieldErrors, type FormDefinition, runForm, withDraft } from './form-route.ts';
import { moveHelpForm } from './help-form.ts';
import { roleForm } from './role-form.ts';

interface Finishable {
  pattern: RegExp;
  run(
    stores: Stores,
    viewer: Viewer,
    draft: Draft,
    params: Record<string, string>,
  ): ReturnType<typeof runForm>;
}

/** @param pattern of the form's address; its named groups are the route's parameters */
export const finishable = <Values, Params>(
  pattern: RegExp,
  form: FormDefinition<Values, Params>,
): Finishable => ({
  pattern,
  run: (stores, viewer, { fields }, params) =>
    runForm(form, { stores, viewer, params: params as Params, fields }),
});

/** One line a form. A form that is not here stands as it was typed, for its person to send. */
const forms = [
  finishable(/^\/api\/hubs\/(?<hub>\d+)\/roles$/, roleForm),
  finishable(/^\/api\/hubs\/(?<hub>\d+)\/help\/(?<request>\d+)$/, moveHelpForm),
];

/** Does what the draft says, or has it stand in its form. @returns the page to go to */
export async function finishDraft(
  stores: Stores,
  viewer: Viewer,
  draft: Draft,
  known: Finishable[] = forms,
): Promise<string> {
  for (const { pattern, run } of known) {
    const params = pattern.exec(draft.action)?.groups;
    if (params) return finish(stores, viewer, draft, () => run(stores, viewer, draft, params));
  }
  return withDraft(draft.page, draft.id);
}

async function finish(
  { database }: Stores,
  viewer: Viewer,
  { id, ...draft }: Draft,
  run: () => ReturnType<typeof runForm>,
): Promise<string> {
  try {
    const done = await run();
    await dropDraft(database, id);
    return done.to ?? draft.page;
  } catch (error) {
    if (!(error instanceof FieldErrors) && !(error instanceof HubError)) throw error;
    const errors = error instanceof FieldErrors ? error.fields : { [error.field]: error.message };
    const again = await keepDraft(database, viewer.person.id, { ...draft, errors });
    await dropDraft(database, id);
    return withDraft(draft.page, again);
  }
}
