// How sign-in answers a browser.
import type { Fields } from '../../hubs/drafts.ts';
import { HubError } from '../../hubs/hub-error.ts';
import { barePage } from '../away-page.ts';
import { readForm } from '../forms/read-form.ts';

const headersOf = (cookies: string[]): Headers => {
  const headers = new Headers({ 'cache-control': 'private, no-store' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return headers;
};

/** On to a page of Hubs. */
export function goTo(path: string, cookies: string[] = []): Response {
  const headers = headersOf(cookies);
  headers.set('location', path);
  return new Response(null, { status: 303, headers });
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * Out to another site. Not by a redirect: a form of Hubs may post to Hubs only (Content-Security-Policy form-action),
 * and browsers hold redirects of the post to that too.
 */
export function leaveFor(address: string, label: string, cookies: string[] = []): Response {
  const headers = headersOf(cookies);
  headers.set('content-type', 'text/html; charset=utf-8');
  headers.set('referrer-policy', 'no-referrer');
  const [href, name] = [escapeHtml(address), escapeHtml(label)];
  const page = barePage(
    `On to ${name}`,
    `<p><a href="${href}">Go on if nothing happens</a></p>\n`,
    `<meta http-equiv="refresh" content="0;url=${href}">\n`,
  );
  return new Response(page, { headers });
}

export const refuse = (status: number, sentence: string): Response =>
  new Response(`${sentence}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'private, no-store' },
  });

/** What was sent; or the answer to what can't be read. */
export async function readFields(request: Request): Promise<Fields | Response> {
  try {
    return (await readForm(request)).fields;
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    return refuse(error.status, error.message);
  }
}
