// What a route answers that failed because PostgreSQL is away; pages are answered before they begin (proxy.ts).
import { awayPage, notDonePage } from './away-page.ts';
import { databaseWrong, getStores } from './stores.ts';

const sentence = 'Hubs can’t reach its database right now, so this was not done. Try again in a moment.';
const headers = { 'cache-control': 'private, no-store', 'retry-after': '5' };

/** The route; while PostgreSQL is away it says so: in JSON to who accepts that, else as a page. */
export const orAway =
  <Rest extends unknown[]>(route: (request: Request, ...rest: Rest) => Promise<Response>) =>
  (request: Request, ...rest: Rest): Promise<Response> =>
    route(request, ...rest).catch((error: unknown) => sayAway(request, error));

/** @throws what went wrong, when the database is there */
async function sayAway(request: Request, error: unknown): Promise<Response> {
  const stores = getStores();
  if ((await databaseWrong(stores)) === null) throw error;
  stores.log.error({ err: error }, 'a request could not be answered: PostgreSQL is away');
  if (request.headers.get('accept')?.includes('application/json')) {
    const body = { error: { code: 'unavailable', message: sentence, fields: {} } };
    return Response.json(body, { status: 503, headers });
  }
  // A page that was asked for asks again by itself; what was sent, its sender sends again.
  return new Response(request.method === 'GET' ? awayPage : notDonePage, {
    status: 503,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
  });
}
