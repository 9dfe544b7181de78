// From where on a client wants to be told: where it was, or when its page was rendered.
import type { IncomingHttpHeaders } from 'node:http';
import type { RequestProblem } from './hub-ids.ts';
import { type Position, readPosition } from './stream-id.ts';

/** It comes back from a place that nobody knows. */
const unknownPlace = 'unknown';

/** A page that was rendered then opens its first stream; milliseconds since 1970, by the clock of the web. */
export interface Rendered {
  sinceMs: number;
}

export type Place = Position | Rendered | typeof unknownPlace;

/**
 * The header is the browser's own, which its page can't mend: what is no position there is an unknown place. `after` and
 * `since` are of those who make their requests themselves, and are told.
 * @returns null for who was nowhere before
 */
export function readLastEvent(
  headers: IncomingHttpHeaders,
  query: URLSearchParams,
): Place | RequestProblem | null {
  const header = headers['last-event-id'];
  if (header) return readPosition(String(header)) ?? unknownPlace;
  const after = query.get('after');
  if (after === null) return readSince(query.get('since'));
  return (
    readPosition(after) ?? {
      field: 'after',
      reason: `is ${JSON.stringify(after.slice(0, 40))}, which is not the id of an event`,
      remedy: 'give the id of the last event you heard, or leave it out',
    }
  );
}

function readSince(since: string | null): Rendered | RequestProblem | null {
  if (since === null) return null;
  if (/^\d{1,15}$/.test(since)) return { sinceMs: Number(since) };
  return {
    field: 'since',
    reason: `is ${JSON.stringify(since.slice(0, 40))}, which is no time`,
    remedy: 'give the milliseconds since 1970 at which the page was rendered, or leave it out',
  };
}
