import { readNewest } from '../../home/read-home.ts';
import { getStores } from '../../stores.ts';
import { getViewer } from '../../viewer.ts';

export const dynamic = 'force-dynamic';

/**
 * GET /api/newest: what happened last, over all public hubs, newest first.
 *
 * 200 `{ items, now }`; an item has the form of a feed entry (widgets/feed/items.ts), `now` says when it was read.
 */
export async function GET(): Promise<Response> {
  const { database, feeds } = getStores();
  const items = await readNewest(database, feeds, await getViewer());
  return Response.json({ items, now: Date.now() }, { headers: { 'cache-control': 'private, no-store' } });
}
