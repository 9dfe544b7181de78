import { noSuchHub } from '../../hubs/enter-hub.ts';
import { HubError } from '../../hubs/hub-error.ts';

/**
 * The hub's number in an address; ids are PostgreSQL integers.
 * @throws {HubError} 404
 */
export function readHubId({ hub }: { hub: string }): number {
  const id = Number(hub);
  if (!/^\d{1,10}$/.test(hub) || id < 1 || id > 2_147_483_647) throw noSuchHub();
  return id;
}

/**
 * The number of something in a hub: a link, a request.
 * @throws {HubError} 404
 */
export function readRowId(text: string): number {
  const id = Number(text);
  if (/^\d{1,10}$/.test(text) && id > 0 && id <= 2_147_483_647) return id;
  throw new HubError('There is no such thing here.', { code: 'not_found' });
}
