import { noSuchHub } from '../../../../../hubs/enter-hub.ts';
import { HubError } from '../../../../../hubs/hub-error.ts';
import { may } from '../../../../../hubs/permissions.ts';
import { findLayoutEditors, readLayout } from '../../../../../widgets/save-layout.ts';
import { formRoute } from '../../../../forms/form-route.ts';
import { readHubId } from '../../../../forms/hub-id.ts';
import { layoutForm } from '../../../../forms/layout-form.ts';
import { getStores } from '../../../../stores.ts';
import { getViewer } from '../../../../viewer.ts';

/**
 * POST: saves the whole layout; 409 `conflict` where somebody changed it since `version`, and nothing is saved.
 * GET `?since=<version>`, for its owners: 200 `{ version, by, widgets }`: the layout now, and who changed it since then.
 */
export const POST = formRoute(layoutForm);

const headers = { 'cache-control': 'private, no-store' };

export async function GET(
  request: Request,
  { params }: { params: Promise<{ hub: string }> },
): Promise<Response> {
  const { database } = getStores();
  try {
    const id = readHubId(await params);
    const viewer = await getViewer();
    const hub = await database.hub.findUnique({ where: { id } });
    if (!hub || !may(viewer, 'know', hub)) throw noSuchHub();
    if (!may(viewer, 'configure', hub))
      throw new HubError(`That is for the owners of ${hub.name}.`, { code: 'not_allowed' });
    const since = /^\d{1,9}$/.exec(new URL(request.url).searchParams.get('since') ?? '')?.[0] ?? hub.version;
    const [layout, by] = await Promise.all([
      readLayout(database, hub),
      findLayoutEditors(database, hub.id, Number(since)),
    ]);
    return Response.json({ ...layout, by }, { headers });
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    const { code, message, status } = error;
    return Response.json({ error: { code, message } }, { status, headers });
  }
}
