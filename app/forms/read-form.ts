// Reads what a form or an API client posts, from the same origin only.
import type { Fields } from '../../hubs/drafts.ts';
import { HubError } from '../../hubs/hub-error.ts';

const LIMIT_BYTES = 256 * 1024;

export interface Posted {
  fields: Fields;
  /** The page the form stands on: a path of this site. */
  page: string;
  /** The client wants JSON; a browser without JavaScript wants to be sent on. */
  json: boolean;
}

/** A path of this site, never another one: `//evil.example` and `/\evil.example` are none. */
export const isLocalPath = (path: string): boolean => /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path);

/** Browsers say where a post comes from; one from another site is not the person's own doing. */
export function isFromHere(request: Request, baseUrl: string): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = request.headers.get('origin');
  return origin === null || origin === new URL(baseUrl).origin;
}

function toFields(entries: Iterable<[string, FormDataEntryValue]>): Fields {
  const fields: Fields = {};
  for (const [name, value] of entries) {
    if (typeof value !== 'string') throw new HubError('Files can’t be sent here.', { field: name });
    const before = fields[name];
    if (before === undefined) fields[name] = value;
    else fields[name] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return fields;
}

async function readJson(request: Request): Promise<Fields> {
  const value: unknown = await request.json().catch(() => null); // said below, in a sentence
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new HubError('The body must be a JSON object of the form’s fields.');
  }
  const text = (item: unknown) => (typeof item === 'string' ? item : JSON.stringify(item));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, Array.isArray(item) ? item.map(text) : text(item)]),
  );
}

/**
 * Reads the body: a form's (URL-encoded or multipart) or a JSON object. Fields that begin with `_` are the form's own.
 * @throws {HubError}
 */
export async function readForm(request: Request): Promise<Posted> {
  const json = request.headers.get('accept')?.includes('application/json') ?? false;
  if (Number(request.headers.get('content-length') ?? 0) > LIMIT_BYTES) {
    throw new HubError(`That is more than ${LIMIT_BYTES / 1024} KB; shorten it.`);
  }
  const isJson = request.headers.get('content-type')?.startsWith('application/json') ?? false;
  const all = isJson ? await readJson(request) : toFields((await request.formData()).entries());
  const fields = Object.fromEntries(Object.entries(all).filter(([name]) => !name.startsWith('_')));
  const page = typeof all._page === 'string' && isLocalPath(all._page) ? all._page : '/';
  return { fields, page, json };
}
