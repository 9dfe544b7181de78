// What a client may hear: decided when it subscribes, and again when roles, visibility or sessions change.
import type { IncomingMessage } from 'node:http';
import { audiences, type Notice } from '../bus/streams.ts';
import { may, mayHear } from '../hubs/permissions.ts';
import { cookieName, findViewer } from '../hubs/sessions.ts';
import type { Viewer } from '../hubs/viewer.ts';
import type { Database } from '../prisma/client.ts';
import type { Settings } from '../settings/settings.ts';

/** Who asks, and which notices they may hear, by hub. */
export interface Rights {
  session: number | null;
  hears: Map<number, Set<Notice['audience']>>;
}

/** The session's secret in the request's cookie; empty for a visitor. */
export function readToken(request: IncomingMessage, baseUrl: string): string {
  const cookies = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return cookies.find(([name]) => name === cookieName(baseUrl))?.[1] ?? '';
}

/** The rights of whoever holds the secret in these hubs; or the first hub that they may not know of. */
export async function decideRights(
  database: Database,
  settings: Pick<Settings, 'SESSION_IDLE_MS' | 'SESSION_MAX_MS'>,
  token: string,
  hubs: number[],
): Promise<Rights | { hidden: number }> {
  const viewer: Viewer | null = token ? await findViewer(database, token, settings) : null;
  const found = await database.hub.findMany({
    where: { id: { in: hubs } },
    select: { id: true, type: true, visibility: true, archivedAt: true },
  });
  const known = new Map(found.filter((hub) => may(viewer, 'know', hub)).map((hub) => [hub.id, hub]));
  const hidden = hubs.find((id) => !known.has(id));
  if (hidden !== undefined) return { hidden };
  const hears = new Map(
    [...known.values()].map((hub) => [
      hub.id,
      new Set(audiences.filter((audience) => mayHear(viewer, hub, audience))),
    ]),
  );
  return { session: viewer?.session ?? null, hears };
}
