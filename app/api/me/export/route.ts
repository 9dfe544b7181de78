import { exportPerson } from '../../../../hubs/export-data.ts';
import { getStores } from '../../../stores.ts';
import { getViewer } from '../../../viewer.ts';
import { download } from '../../download.ts';

/** GET /api/me/export: everything Hubs keeps about who asks, as a JSON file. */
export async function GET(): Promise<Response> {
  const viewer = await getViewer();
  if (!viewer) return new Response('Sign in to export what Hubs keeps about you.\n', { status: 401 });
  return download(`hubs-${viewer.person.username}.json`, await exportPerson(getStores().database, viewer));
}
