import { HubError } from '../../hubs/hub-error.ts';

/** A row's id from an address; ids are PostgreSQL integers. @throws {HubError} `not_found` for anything else */
export function readId(text: string): number {
  const id = Number(text);
  if (/^\d{1,10}$/.test(text) && id > 0 && id <= 2_147_483_647) return id;
  throw new HubError('There is no such thing here.', { code: 'not_found' });
}
