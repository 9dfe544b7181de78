import { redirect } from 'next/navigation';
import { cache } from 'react';
import { type HubInfo, hubPath } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import { readHub } from '../hub/read-hub.ts';
import { notHere } from '../not-here.tsx';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';
import { tabPath } from './tabs.ts';

/** The hub for somebody who may set it up; 404 for others, and visitors are asked to sign in. */
export const readOwned = cache(async (type: HubInfo['type'], name: string, tab: string): Promise<HubInfo> => {
  const viewer = await getViewer();
  const { widgets: _, ...hub } = await readHub(getStores().database, type, name, `/settings/${tab}`);
  if (!viewer) redirect(`/sign-in?to=${encodeURIComponent(tabPath(hubPath(hub), tab))}`);
  if (!may(viewer, 'archive', hub)) notHere();
  return hub;
});
