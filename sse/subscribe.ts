// One request for an event stream: read, authorise, open; each refusal says what to do.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Database } from '../prisma/client.ts';
import type { Log } from '../runtime/log.ts';
import type { Settings } from '../settings/settings.ts';
import type { Clients } from './clients.ts';
import { type RequestProblem, readHubIds } from './hub-ids.ts';
import { type Place, readLastEvent } from './last-event.ts';
import { decideRights, type Rights, readToken } from './rights.ts';

/** The only thing this server serves. */
export const streamPath = '/sse';

export interface Desk {
  database: Database;
  settings: Settings;
  clients: Clients;
  clientsLimit: number;
  /** How many changes of roles, visibility and sessions, among others, were heard so far. */
  changesHeard(): number;
  /** Has loads for these hubs come first from now on. */
  watch(hubs: Iterable<number>): void;
  /** The first bytes of a stream: with what the client missed since it was at this place. */
  greet(hears: Rights['hears'], place: Place | null): Buffer;
  log: Log;
}

/**
 * Answers `GET /sse?hub=<id>&hub=<id>` with a stream that only its client or `clients` ends, or with a refusal. The first
 * hub is the one whose page is open. Who comes back says so by `Last-Event-ID`, or by `after=<id>`; a page that opens its
 * first stream says when it was rendered (`since=<ms>`).
 */
export async function subscribe(
  request: IncomingMessage,
  response: ServerResponse,
  desk: Desk,
): Promise<void> {
  const url = URL.parse(request.url ?? '', 'http://sse');
  if (url?.pathname !== streamPath)
    return refuse(response, 404, {
      reason: 'is not served here',
      remedy: 'ask for /sse?hub=<id>',
      field: 'path',
    });
  if (request.method !== 'GET') {
    response.setHeader('allow', 'GET');
    return refuse(response, 405, { field: 'method', reason: `is ${request.method}`, remedy: 'use GET' });
  }
  const hubs = readHubIds(url.searchParams);
  if (!Array.isArray(hubs)) return refuse(response, 400, hubs);
  const [page] = hubs;
  const place = readLastEvent(request.headers, url.searchParams);
  if (place !== null && typeof place === 'object' && 'reason' in place) return refuse(response, 400, place);
  if (desk.clients.count >= desk.clientsLimit) return refuse(response, 503, full);
  const token = readToken(request, desk.settings.BASE_URL);
  const rights = await askRights(desk, token, hubs);
  if (rights === null) return refuse(response, 503, unavailable);
  if ('hidden' in rights)
    return refuse(response, 404, {
      field: 'hub',
      reason: `is ${rights.hidden}, and there is no such hub`,
      remedy: 'take the id from the page of the hub',
    });
  // It may have gone while the database was asked; then nothing would ever take it off the list again.
  if (response.destroyed) return;
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  // Nothing can happen between the two: what is not in the greeting is told afterwards.
  response.write(desk.greet(rights.hears, place));
  desk.clients.add({ response, token, rights, page });
  desk.watch([page]);
}

/**
 * Null when the database does not answer. A change that is heard while it is asked finds no client to decide anew for,
 * so it is asked again.
 */
async function askRights(
  { database, settings, log, changesHeard }: Desk,
  token: string,
  hubs: number[],
): Promise<Rights | { hidden: number } | null> {
  try {
    for (;;) {
      const before = changesHeard();
      const rights = await decideRights(database, settings, token, hubs);
      if (changesHeard() === before) return rights;
    }
  } catch (error) {
    log.error({ err: error }, 'no permission can be checked');
    return null;
  }
}

const full: RequestProblem = {
  reason: 'the server carries as many streams as it can',
  remedy: 'try again in a minute; operators: start another `hubs run sse`',
};
const unavailable: RequestProblem = {
  reason: 'the database does not answer, so no permission can be checked',
  remedy: 'try again in a minute',
};

function refuse(response: ServerResponse, status: number, error: RequestProblem): void {
  if (status === 503) response.setHeader('retry-after', '60');
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify({ error })}\n`);
}
