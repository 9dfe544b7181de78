import type { Person } from '../prisma/generated/client.ts';
import { getStores } from './stores.ts';
import { getViewer } from './viewer.ts';

type Preferences = Pick<Person, 'theme' | 'timeZone'>;

const nobodys: Preferences = { theme: 'system', timeZone: null };

/** How the reader wants Hubs to show itself; a visitor as their device has it. */
export async function readPreferences(): Promise<Preferences> {
  const viewer = await getViewer();
  if (!viewer) return nobodys;
  const { database } = getStores();
  const select = { theme: true, timeZone: true } as const;
  return (await database.person.findUnique({ where: { id: viewer.person.id }, select })) ?? nobodys;
}
