// Where a client that comes back was.
import type { IncomingHttpHeaders } from 'node:http';
import type { RequestProblem } from './hub-ids.ts';
import { type Position, readPosition } from './stream-id.ts';

/** It comes back from a place that nobody knows. */
export const unknownPlace = 'unknown';

/**
 * The header is the browser's own, which its page can't mend: what is no position there is an unknown place. `after` is
 * of those who make their requests themselves, and are told.
 * @returns null for who comes for the first time
 */
export function readLastEvent(
  headers: IncomingHttpHeaders,
  query: URLSearchParams,
): Position | typeof unknownPlace | RequestProblem | null {
  const header = headers['last-event-id'];
  if (header) return readPosition(String(header)) ?? unknownPlace;
  const after = query.get('after');
  if (after === null) return null;
  return (
    readPosition(after) ?? {
      field: 'after',
      reason: `is ${JSON.stringify(after.slice(0, 40))}, which is not the id of an event`,
      remedy: 'give the id of the last event you heard, or leave it out',
    }
  );
}
