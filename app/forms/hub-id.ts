import { z } from 'zod';
import { noSuchHub } from '../../hubs/enter-hub.ts';
import { HubError } from '../../hubs/hub-error.ts';

/** Whether an address's word is an id: those are PostgreSQL integers. */
export const isId = (text: string): boolean =>
  /^\d{1,10}$/.test(text) && Number(text) > 0 && Number(text) <= 2_147_483_647;

/**
 * The hub's number in an address.
 * @throws {HubError} 404
 */
export function readHubId({ hub }: { hub: string }): number {
  if (!isId(hub)) throw noSuchHub();
  return Number(hub);
}

/**
 * The number of something in a hub: a link, a request.
 * @throws {HubError} 404
 */
export function readRowId(text: string): number {
  if (isId(text)) return Number(text);
  throw new HubError('There is no such thing here.', { code: 'not_found' });
}

/** Behind which id something is put; 0: first. */
export const placeAfter = z
  .string()
  .refine((text) => text === '0' || isId(text), 'Say behind which one it goes; 0 is the first place.')
  .transform(Number);
