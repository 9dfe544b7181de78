import type { Hub } from '../prisma/generated/client.ts';

export type HubInfo = Hub;
export type HubType = Hub['type'];

/** Where a hub lives; a stream belongs to whoever looks. */
export function hubPath(hub: { type: HubType; name: string }): string {
  if (hub.type === 'stream') return '/stream';
  return `/${hub.type === 'user' ? 'u' : 't'}/${hub.name}`;
}

/** Where one entry of the hub's feed stands alone. */
export const entryPath = (hub: { type: HubType; name: string }, id: string): string =>
  `${hubPath(hub)}/e/${encodeURIComponent(id)}`;
