import { exportHub } from '../../../../../hubs/export-data.ts';
import { may } from '../../../../../hubs/permissions.ts';
import { isId } from '../../../../forms/hub-id.ts';
import { getStores } from '../../../../stores.ts';
import { getViewer } from '../../../../viewer.ts';
import { download } from '../../../download.ts';

/** GET /api/hubs/<id>/export: what the owners made of the hub, as a JSON file for them. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ hub: string }> },
): Promise<Response> {
  const { database } = getStores();
  const { hub: id } = await params;
  const hub = isId(id) ? await database.hub.findUnique({ where: { id: Number(id) } }) : null;
  const viewer = await getViewer();
  if (!hub || !may(viewer, 'know', hub)) return new Response('There is no such hub.\n', { status: 404 });
  if (!may(viewer, 'archive', hub))
    return new Response('Only the owners can export a hub.\n', { status: 403 });
  return download(`hub-${hub.name}.json`, await exportHub(database, hub));
}
