import { readNewest } from '../../home/read-home.ts';
import { getStores } from '../../stores.ts';
import { getViewer } from '../../viewer.ts';
import { headers, refuse } from '../refuse.ts';

export const dynamic = 'force-dynamic';

/**
 * GET /api/newest: what happened last, over all public hubs, newest first.
 *
 * 200 `{ items, now }`; an item has the form of a feed entry (widgets/feed/items.ts), `now` says when it was read.
 * 503 `unavailable`: `{ error: { code, message } }`
 */
export async function GET(): Promise<Response> {
  const { database, feeds, log } = getStores();
  try {
    const items = await readNewest(database, feeds, await getViewer());
    return Response.json({ items, now: Date.now() }, { headers });
  } catch (error) {
    log.error({ err: error }, 'the newest entries could not be read');
    return refuse(503, 'unavailable', 'Hubs can’t read its feeds right now.');
  }
}
