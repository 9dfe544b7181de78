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

/** Longer ones are nobody's page, and too long for the header that leads there. */
const PATH_LENGTH = 2_000;

/**
 * A path of this site as an address has it, such as `/t/design?as=member#people`; null for what leads to another site
 * (`//evil.example`, `/\\evil.example`, `/.//evil.example`) and for what is none.
 */
export function readLocalPath(path: unknown): string | null {
  if (typeof path !== 'string' || path.length > PATH_LENGTH || !/^\/[^\\\p{Cc}]*$/u.test(path)) return null;
  const url = URL.parse(path, 'http://page');
  if (url?.host !== 'page' || url.pathname.startsWith('//')) return null;
  return `${url.pathname}${url.search}${url.hash}`;
}

/** Browsers say where a post comes from; one from another site is not the person's own doing. */
export function isFromHere(request: Request, baseUrl: string): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = request.headers.get('origin');
  return origin === null || origin === new URL(baseUrl).origin;
}

type Entry = [name: string, value: string | string[]];

/** Fields that come several times are lists. */
function toEntries(entries: Iterable<[string, FormDataEntryValue]>): Entry[] {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of entries) {
    if (typeof value !== 'string') throw new HubError('Files can’t be sent here.', { field: name });
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : [before, value].flat());
  }
  return [...fields];
}

const unreadable = () => new HubError('What was sent is no form that can be read; send it again.');

async function readBody(request: Request): Promise<Response> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    bytes += part.value.byteLength;
    if (bytes > LIMIT_BYTES) {
      await reader?.cancel();
      throw new HubError(`That is more than ${LIMIT_BYTES / 1024} KB; shorten it.`);
    }
    parts.push(part.value);
  }
  const type = request.headers.get('content-type') ?? '';
  return new Response(new Blob(parts), { headers: { 'content-type': type } });
}

function fromJson(value: unknown): Entry[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new HubError('The body must be a JSON object of the form’s fields.');
  }
  const text = (item: unknown) => (typeof item === 'string' ? item : JSON.stringify(item));
  return Object.entries(value).map(([name, item]) => [
    name,
    Array.isArray(item) ? item.map(text) : text(item),
  ]);
}

/** What no store can keep: NUL characters and half surrogate pairs. */
const isBroken = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

function refuseBroken(entries: Entry[]): void {
  const broken = entries.find(([name, value]) => [name, value].flat().some(isBroken));
  if (!broken) return;
  const field = isBroken(broken[0]) ? '' : broken[0];
  throw new HubError('There is a character in this that no text has; type it again.', { field });
}

/**
 * Reads the body: a form's (URL-encoded or multipart) or a JSON object. Fields that begin with `_` are the form's own.
 * @throws {HubError}
 */
export async function readForm(request: Request): Promise<Posted> {
  const json = request.headers.get('accept')?.includes('application/json') ?? false;
  const body = await readBody(request);
  const isJson = body.headers.get('content-type')?.startsWith('application/json') ?? false;
  const entries = isJson
    ? fromJson(await body.json().catch(() => null)) // no object either: said in a sentence
    : toEntries(
        (
          await body.formData().catch(() => {
            throw unreadable();
          })
        ).entries(),
      );
  refuseBroken(entries);
  const page = readLocalPath(entries.find(([name]) => name === '_page')?.[1]) ?? '/';
  return { fields: Object.fromEntries(entries.filter(([name]) => !name.startsWith('_'))), page, json };
}
