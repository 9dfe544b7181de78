import type { HubInfo } from '../../hubs/find-hub.ts';
import type { ReadContext } from '../kind.ts';

/** What the view shows besides the settings: only what may leave the server. */
export interface SampleOwn {
  people: number;
}

export async function readSample({ database }: ReadContext, hub: HubInfo): Promise<SampleOwn> {
  const people = await database.role.groupBy({ by: ['personId'], where: { hubId: hub.id } });
  return { people: people.length };
}
