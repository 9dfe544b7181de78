import { readEntry } from '../../feeds/read-entry.ts';
import { type HubType, hubPath } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import { viewerOf } from '../auth/viewer-of.ts';
import { barePage } from '../away-page.ts';
import type { Stores } from '../stores.ts';
import { readEntryId } from './read-entry-id.ts';

const permalink = /^\/(?:(?<type>[tu])\/(?<name>[^/]+)|stream)\/e\/(?<id>[^/]+)$/;

/**
 * Answers the permalink of an entry that its feed does not keep (any more) with 410 and the way to the hub; undefined
 * for everything else. Who may not read the feed learns nothing: the page answers them with 404.
 */
export async function answerGone(request: Request, stores: Stores): Promise<Response | undefined> {
  const groups = permalink.exec(new URL(request.url).pathname)?.groups;
  const id = readEntryId(groups?.id ?? '');
  if (!groups || !id) return;
  const { database, feeds } = stores;
  const viewer = await viewerOf(stores, request);
  const type: HubType = groups.type === 't' ? 'team' : groups.type === 'u' ? 'user' : 'stream';
  const name = type === 'stream' ? viewer?.person.username : groups.name;
  const hub = name && (await database.hub.findUnique({ where: { type_name: { type, name } } }));
  if (!hub || !may(viewer, 'read', hub) || (await readEntry({ database, feeds, viewer }, hub, id))) return;
  return new Response(gonePage(hubPath(hub), type === 'stream' ? 'your stream' : hub.name), {
    status: 410,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-store' },
  });
}

/** @param path and name have no character that HTML knows: names of hubs are made so */
const gonePage = (path: string, name: string): string =>
  barePage(
    'This entry is no longer kept',
    `<p>A feed keeps its newest 100 entries, and this one is not among them.</p>
<p><a href="${path}">See what happens in ${name} now</a></p>
`,
  );
