import { noSuchHub } from '../../hubs/enter-hub.ts';

/**
 * The hub's number in an address; ids are PostgreSQL integers.
 * @throws {HubError} 404
 */
export function readHubId({ hub }: { hub: string }): number {
  const id = Number(hub);
  if (!/^\d{1,10}$/.test(hub) || id < 1 || id > 2_147_483_647) throw noSuchHub();
  return id;
}
