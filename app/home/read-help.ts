import { hubPath } from '../../hubs/find-hub.ts';
import type { Database } from '../../prisma/client.ts';

export interface OpenRequest {
  id: number;
  title: string;
  hub: { name: string; href: string };
  askedBy: string;
  /** Milliseconds since 1970. */
  askedAt: number;
}

const SHOWN = 5;
const LONG_MS = 7 * 86_400_000;

/**
 * What public hubs need help with, for everybody: who waits for more than 7 days first, then the newest; at most two of
 * one hub. A hub that shows its requests to members only is left out.
 */
export async function readOpenRequests(database: Database, now = Date.now()): Promise<OpenRequest[]> {
  const long = new Date(now - LONG_MS);
  const rows = await database.$queryRaw<
    { id: number; title: string; type: 'team' | 'user'; name: string; askedBy: string; createdAt: Date }[]
  >`
    SELECT id, title, type, name, "askedBy", "createdAt" FROM (
      SELECT help_request.id, help_request.title, hub.type, hub.name::text AS name, person.username::text AS "askedBy",
        help_request.created_at AS "createdAt", help_request.created_at < ${long} AS long,
        row_number() OVER (PARTITION BY hub.id ORDER BY help_request.created_at < ${long} DESC, help_request.created_at DESC) AS nth
      FROM help_request JOIN hub ON hub.id = help_request.hub_id JOIN person ON person.id = help_request.asked_by_id
      WHERE help_request.state = 'open' AND hub.visibility = 'public' AND hub.archived_at IS NULL AND hub.type <> 'stream'
        AND NOT EXISTS (SELECT FROM widget WHERE widget.hub_id = hub.id AND widget.kind = 'help' AND widget.restricted)
    ) open
    WHERE nth <= 2 ORDER BY long DESC, "createdAt" DESC LIMIT ${SHOWN}`;
  return rows.map(({ id, title, askedBy, createdAt, ...hub }) => ({
    id,
    title,
    hub: { name: hub.name, href: hubPath(hub) },
    askedBy,
    askedAt: createdAt.getTime(),
  }));
}
