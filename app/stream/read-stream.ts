import { redirect } from 'next/navigation';
import type { HubInfo } from '../../hubs/find-hub.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import type { Widget } from '../../prisma/generated/client.ts';
import { readHub } from '../hub/read-hub.ts';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';

/** The viewer's own stream; without a session it leads through the sign-in and back to `page`. */
export async function readStream(page: string): Promise<{ viewer: Viewer; hub: HubInfo; widgets: Widget[] }> {
  const viewer = await getViewer();
  if (!viewer) redirect(`/sign-in?to=${encodeURIComponent(page)}`);
  const { widgets, ...hub } = await readHub(getStores().database, 'stream', viewer.person.username);
  return { viewer, hub, widgets };
}
