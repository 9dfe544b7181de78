import { after } from 'next/server';
import { readFeedQuery } from '../../../../../../feeds/filter.ts';
import { may } from '../../../../../../hubs/permissions.ts';
import { isId } from '../../../../../forms/hub-id.ts';
import { forView, loadWhatIsOld, readWidgets } from '../../../../../hub/read-widgets.ts';
import { rememberVisit } from '../../../../../hub/remember-visit.ts';
import { getStores } from '../../../../../stores.ts';
import { getViewer } from '../../../../../viewer.ts';
import { headers, refuse } from '../../../../refuse.ts';

export const dynamic = 'force-dynamic';

/**
 * GET /api/hubs/<hub id>/widgets/<widget id>: what the widget shows now, for anybody who may see it. Of a feed,
 * `?q=&service=&kind=` ask for less, `?all=1` for all that is kept (feeds/filter.ts).
 *
 * 200 `{ id, kind, hub: { id, type, name }, settings, own, loaded, now }`:
 * - `settings` the widget's settings with the kind's defaults
 * - `own` Hubs' own data, in the kind's form; null where the kind has none
 * - `loaded` what a service said, as far as the widget shows it: `{ value?: { data, asOf, source: { name, href } }, failure?: { sentence, at, retryAt? } }`,
 *   `{}` while it is being fetched, null where the widget loads nothing
 * - `now` when this was read; all times are milliseconds since 1970
 *
 * 400 `not_an_id` (with `field`), 404 `not_found` (there is none, or not for this reader), 503 `unavailable`:
 * `{ error: { code, message, field? } }`
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ hub: string; widget: string }> },
): Promise<Response> {
  const given = await params;
  if (!isId(given.hub)) return refuse(400, 'not_an_id', 'The hub must be given by its number.', 'hub');
  if (!isId(given.widget))
    return refuse(400, 'not_an_id', 'The widget must be given by its number.', 'widget');

  const [hubId, id] = [Number(given.hub), Number(given.widget)];
  const stores = getStores();
  const row = await stores.database.widget
    .findFirst({ where: { id, hubId }, include: { hub: true } })
    .catch((error: unknown) => {
      stores.log.error({ err: error }, 'a widget could not be looked up');
      return 'away' as const;
    });
  if (row === 'away') return refuse(503, 'unavailable', 'Hubs can’t read its database right now.');
  const viewer = await getViewer();
  if (!row || !may(viewer, 'know', row.hub)) return refuse(404, 'not_found', 'There is no such widget.');

  const { hub, ...widget } = row;
  const filter = readFeedQuery(Object.fromEntries(new URL(request.url).searchParams));
  const [read] = await readWidgets(stores, hub, [widget], viewer, filter);
  if (!read) return refuse(404, 'not_found', 'There is no such widget.');
  if (!read.data) return refuse(503, 'unavailable', read.problem ?? 'It could not be read.');
  // A page asks only while somebody looks at it: a stream that stays open is one visit, however long.
  if (viewer && hub.type === 'stream') rememberVisit(viewer, hub.id);
  after(() => loadWhatIsOld(stores, viewer, [read]));
  return Response.json(forView(read), { headers });
}
