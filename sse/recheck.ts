import type { Database } from '../prisma/client.ts';
import type { Settings } from '../settings/settings.ts';
import type { Client, Clients } from './clients.ts';
import { decideRights } from './rights.ts';

/**
 * Decides anew what the listeners of a hub may hear, after roles or visibility changed: who may not know of it any
 * more is cut off. Asked once per session, however many of its windows listen.
 */
export async function recheckHub(
  { database, settings, clients }: { database: Database; settings: Settings; clients: Clients },
  hub: number,
): Promise<void> {
  const byToken = Map.groupBy(clients.listeners(hub), ({ token }) => token);
  for (const [token, windows] of byToken) {
    const rights = await decideRights(database, settings, token, [hub]);
    for (const client of windows) apply(client, hub, rights);
  }
}

function apply(client: Client, hub: number, rights: Awaited<ReturnType<typeof decideRights>>): void {
  const hears = 'hidden' in rights ? undefined : rights.hears.get(hub);
  if (!hears) client.response.end();
  else client.rights.hears.set(hub, hears);
}
