// What Next can't answer well itself: 503 with a page while PostgreSQL is away, 410 for an entry that its feed let go
// (which a search engine may know), and 400 for an address that it can't decode (it fails with 500 where a part of a
// route is malformed).
import { awayPage, badAddressPage } from './app/away-page.ts';
import { answerGone } from './app/hub/gone-entry.ts';
import { databaseWrong, getStores } from './app/stores.ts';

/**
 * The pages; of what takes forms only addresses that may be malformed, for Next copies every body that passes here.
 * Next reads this without running it: plain texts only.
 */
export const config = {
  matcher: [
    '/',
    '/:root(t|u|groups|stream|settings|sign-in|secret)/:path*',
    '/:root(api|auth)/(.*%(?![0-7][0-9a-fA-F]).*)',
  ],
};

/** Every page asks; the answer holds this long. */
const KNOWN_MS = 1_000;
let known: { at: number; wrong: Promise<string | null> } | undefined;

export async function proxy(request: Request): Promise<Response | undefined> {
  const { pathname } = new URL(request.url);
  if (!isReadable(pathname)) return answer(400, badAddressPage);
  // The API and the sign-in say it in their own way.
  if (/^\/(api|auth)\//.test(pathname)) return;
  if (!known || Date.now() - known.at > KNOWN_MS)
    known = { at: Date.now(), wrong: databaseWrong(getStores()) };
  if ((await known.wrong) === null) return answerGone(request, getStores()).catch(leaveToPage);
  return answer(503, awayPage, { 'retry-after': '5' });
}

function isReadable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false; // that is how it says that it can't decode
  }
}

/** The feeds may have a server of their own, which may be away alone: the page says so. */
function leaveToPage(error: unknown): undefined {
  getStores().log.error({ err: error }, 'it could not be seen whether an entry is kept');
}

const answer = (status: number, page: string, more: Record<string, string> = {}) =>
  new Response(page, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...more },
  });
