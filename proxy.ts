// Next can't answer a page with 503, nor with 410. While PostgreSQL is away this does, in a sentence, before a page is tried; and an
// entry that its feed let go is gone, which a search engine may know.
import { awayPage } from './app/away-page.ts';
import { answerGone } from './app/hub/gone-entry.ts';
import { databaseWrong, getStores } from './app/stores.ts';

export const config = {
  matcher: ['/', '/stream/:path*', '/t/:path*', '/u/:path*', '/sign-in', '/settings/:path*'],
};

/** Every page asks; the answer holds this long. */
const KNOWN_MS = 1_000;
let known: { at: number; wrong: Promise<string | null> } | undefined;

export async function proxy(request: Request): Promise<Response | undefined> {
  if (!known || Date.now() - known.at > KNOWN_MS)
    known = { at: Date.now(), wrong: databaseWrong(getStores()) };
  if ((await known.wrong) === null) return answerGone(request, getStores()).catch(leaveToPage);
  return new Response(awayPage, {
    status: 503,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'retry-after': '5' },
  });
}

/** The feeds may have a server of their own, which may be away alone: the page says so. */
function leaveToPage(error: unknown): undefined {
  getStores().log.error({ err: error }, 'it could not be seen whether an entry is kept');
}
