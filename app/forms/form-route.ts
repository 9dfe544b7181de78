// Every change a person makes is a POST of a form: with JavaScript answered in JSON and put in place, without it by a
// redirect back to the page. The rules are the same, the route handlers one line.
import type { z } from 'zod';
import { type Draft, type Fields, keepDraft } from '../../hubs/drafts.ts';
import { HubError } from '../../hubs/hub-error.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import { orAway } from '../say-away.ts';
import { getStores, type Stores } from '../stores.ts';
import { getViewer } from '../viewer.ts';
import { rememberDraft } from './draft-cookie.ts';
import { isFromHere, type Posted, readForm } from './read-form.ts';

/** What happened: a sentence that is announced, and the page to go to (the one the form stands on, when left out). */
export interface Done {
  said?: string;
  to?: string;
}

export interface FormDefinition<Values, Params> {
  /** From texts to values; strict, so that an unknown field is an error. */
  fields: z.ZodType<Values>;
  /**
   * Does it, in one transaction, after asking hubs/permissions.ts.
   * @throws {HubError} with the field it is about
   */
  act(given: { stores: Stores; viewer: Viewer; params: Params; values: Values }): Promise<Done>;
}

const headers = { 'cache-control': 'private, no-store' };

const redirect = (to: string) => new Response(null, { status: 303, headers: { ...headers, location: to } });

/** `/t/design?tab=people#x` with `draft=<id>`. */
export function withDraft(page: string, id: string): string {
  const url = new URL(page, 'http://page');
  url.searchParams.set('draft', id);
  return `${url.pathname}${url.search}${url.hash}`;
}

const errorsOf = (error: z.ZodError): Record<string, string> =>
  Object.fromEntries(
    error.issues.toReversed().flatMap((issue) => {
      if (issue.code === 'unrecognized_keys')
        return issue.keys.map((key) => ['', `There is no field “${key}” here.`]);
      return [[String(issue.path[0] ?? ''), issue.message]];
    }),
  );

/** For fields that no browser leaves out; a schema's own words go first. */
const sayMissing: z.core.$ZodErrorMap = ({ code, input, path }) =>
  code === 'invalid_type'
    ? `“${path?.join('.')}” is ${input === undefined ? 'missing' : 'of the wrong kind'}.`
    : undefined;

/**
 * Checks the fields and acts.
 * @throws {HubError}, or {FieldErrors} naming every wrong field
 */
export async function runForm<Values, Params>(
  form: FormDefinition<Values, Params>,
  given: { stores: Stores; viewer: Viewer; params: Params; fields: Fields },
): Promise<Done> {
  const parsed = form.fields.safeParse(given.fields, { error: sayMissing });
  if (!parsed.success) throw new FieldErrors(errorsOf(parsed.error));
  return form.act({ ...given, values: parsed.data });
}

/** Fields that can't be taken, each with its sentence. */
export class FieldErrors extends Error {
  readonly fields: Record<string, string>;
  constructor(fields: Record<string, string>) {
    super(Object.values(fields).join(' '));
    this.fields = fields;
  }
}

/** The POST handler of a form. */
export function formRoute<Values, Params>(form: FormDefinition<Values, Params>) {
  return orAway(async (request: Request, context: { params: Promise<Params> }): Promise<Response> => {
    const stores = getStores();
    const action = new URL(request.url).pathname;
    if (!isFromHere(request, stores.settings.BASE_URL)) {
      return refuse(403, 'not_allowed', 'This was sent from another site, so it was not done.', {});
    }
    const viewer = await getViewer();
    let posted: Posted = { fields: {}, page: '/', json: true };
    try {
      posted = await readForm(request);
      if (!viewer) return await askToSignIn(stores, request, posted, action);
      const params = await context.params;
      const done = await runForm(form, { stores, viewer, params, fields: posted.fields });
      if (posted.json) return Response.json({ ok: true, ...done }, { headers });
      return redirect(done.to ?? posted.page);
    } catch (error) {
      if (error instanceof FieldErrors)
        return giveBack(stores, viewer, posted, action, 422, 'invalid', error.fields);
      if (!(error instanceof HubError)) throw error;
      const fields = { [error.field]: error.message };
      return giveBack(stores, viewer, posted, action, error.status, error.code, fields);
    }
  });
}

function refuse(
  status: number,
  code: string,
  message: string,
  fields: Record<string, string>,
  more: object = {},
) {
  return Response.json({ error: { code, message, fields, ...more } }, { status, headers });
}

const draftOf = ({ fields, page }: Posted, action: string): Omit<Draft, 'id' | 'errors'> => ({
  action,
  page,
  fields,
});

async function askToSignIn(
  stores: Stores,
  request: Request,
  posted: Posted,
  action: string,
): Promise<Response> {
  const id = await keepDraft(stores.database, null, { ...draftOf(posted, action), errors: {} });
  const signIn = `/sign-in?draft=${id}`;
  const response = posted.json
    ? refuse(401, 'signed_out', 'Sign in to do this; nothing you typed is lost.', {}, { signIn })
    : redirect(signIn);
  response.headers.append('set-cookie', rememberDraft(request, stores.settings.BASE_URL, id));
  return response;
}

/** JSON names the fields; a browser without JavaScript is sent back to its page, where everything typed still stands. */
async function giveBack(
  stores: Stores,
  viewer: Viewer | null,
  posted: Posted,
  action: string,
  status: number,
  code: string,
  errors: Record<string, string>,
): Promise<Response> {
  if (posted.json) return refuse(status, code, Object.values(errors).join(' '), errors);
  const id = await keepDraft(stores.database, viewer?.person.id ?? null, {
    ...draftOf(posted, action),
    errors,
  });
  return redirect(withDraft(posted.page, id));
}
