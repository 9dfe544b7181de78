// The job `preview`: looks at the page a library links to, once, for its title, a word about it and a small picture.
import type { JobHelpers, Task } from 'graphile-worker';
import { z } from 'zod';
import { tellBrowsers } from '../../hubs/changes.ts';
import { promisePreview, titleFromUrl } from '../../hubs/library.ts';
import type { Database } from '../../prisma/client.ts';
import type { LibraryLink } from '../../prisma/generated/client.ts';
import { fetchPreview, type Preview } from '../../upstreams/preview.ts';
import { UpstreamError } from '../../upstreams/upstream-error.ts';

const payloadSchema = z.object({ link: z.number().int() });

/** How a preview is fetched; another one in tests. */
type Fetcher = (
  url: string,
  options: { picture: boolean; signal: AbortSignal | undefined },
) => Promise<Preview>;

export function makePreviewTask(database: Database, fetcher: Fetcher = fetchPreview): Task {
  return async (payload, helpers) => {
    const { link: id } = payloadSchema.parse(payload);
    const link = await database.libraryLink.findUnique({ where: { id } });
    if (!link) return; // removed meanwhile
    try {
      // A picture is fetched once; later looks only see whether the page is still there.
      const first = link.checkedAt === null;
      const preview = await fetcher(link.url, { picture: first, signal: helpers.abortSignal });
      await keep(database, link, first ? fill(link, preview) : {}, null);
    } catch (error) {
      if (!(error instanceof UpstreamError) || helpers.abortSignal?.aborted) throw error;
      if (isRefused(error)) return keep(database, link, {}, null);
      if (error.retry && !isLastTry(helpers)) throw error;
      await keep(database, link, {}, link.deadSince ?? new Date());
    }
  };
}

/** A page that does not let Hubs in is there all the same: people may read it. */
const isRefused = ({ status }: UpstreamError) =>
  status !== undefined && [401, 403, 405, 406, 429].includes(status);

const isLastTry = ({ job }: JobHelpers) => job.attempts >= job.max_attempts;

/** What people wrote stays; only what they left empty is filled. */
const fill = (link: LibraryLink, { title, description, picture }: Preview) => ({
  ...(title && link.title === titleFromUrl(link.url) ? { title } : {}),
  ...(description && !link.description ? { description } : {}),
  picture,
});

async function keep(
  database: Database,
  { id, url, hubId, deadSince: before }: LibraryLink,
  found: Partial<LibraryLink>,
  deadSince: Date | null,
): Promise<void> {
  await database.$transaction(async (tx) => {
    // Its address changed meanwhile: another job looks at that one.
    const { count } = await tx.libraryLink.updateMany({
      where: { id, url },
      data: { ...found, checkedAt: new Date(), deadSince },
    });
    const changed = Object.keys(found).length > 0 || (before === null) !== (deadSince === null);
    if (count === 0 || !changed) return;
    await tellBrowsers(tx, await tx.hub.findUniqueOrThrow({ where: { id: hubId } }), 'hub');
  });
}

const LOOKED_AT_AGAIN = 200;
const AGAIN_AFTER_MS = 14 * 86_400_000;

/** The daily job: has links looked at again that nobody looked at for two weeks, the longest ago first. */
export const makeCheckLinksTask =
  (database: Database): Task =>
  async () => {
    const links = await database.libraryLink.findMany({
      where: { checkedAt: { lt: new Date(Date.now() - AGAIN_AFTER_MS) }, hub: { is: { archivedAt: null } } },
      orderBy: { checkedAt: 'asc' },
      take: LOOKED_AT_AGAIN,
      select: { id: true },
    });
    for (const { id } of links) await promisePreview(database, id);
  };
