// The job `backfill-team`: what concerned a team before its hub was made, from the archive into its feed.
import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { HubInfo } from '../../hubs/find-hub.ts';
import type { Database } from '../../prisma/client.ts';
import type { Context } from '../../runtime/process.ts';
import {
  type ArchiveFilter,
  type ArchiveOptions,
  readArchive,
  readArchiveOf,
} from '../../upstreams/datagrepper.ts';
import { type BackfillStores, fillFeeds } from './backfill.ts';

const payloadSchema = z.object({ hub: z.number().int() });

/** Whoever made the hub looks at it now: what came last is there at once. */
const AT_ONCE_MS = 120_000;
const SPAN_MS = 30 * 86_400_000;
/** In one question to the archive, for an address has an end. */
const NAMES = 50;

/** Services whose messages have keys of a kind; packages and people the archive finds by themselves. */
const categories: Record<string, string[]> = {
  project: ['forgejo', 'pagure', 'github', 'gitlab'],
  tag: ['discourse'],
  list: ['mailman'],
  calendar: ['fedocal'],
  meeting: ['meetbot', 'maubot'],
  room: ['meetbot', 'maubot'],
};

type Given = Pick<Context, 'settings' | 'log'>;

/** Writes what concerned the hub in the last 2 minutes. @throws {UpstreamError} when the archive does not answer */
export async function backfillAtOnce(
  { settings, log }: Given,
  stores: BackfillStores,
  hub: HubInfo,
  options: ArchiveOptions = {},
): Promise<void> {
  if (!settings.ARCHIVE_URL) return;
  const now = Date.now();
  const pages = readArchive(settings.ARCHIVE_URL, { fromMs: now - AT_ONCE_MS, toMs: now }, options);
  await fillFeeds(rowsOf(pages), [hub], stores, log);
}

async function* rowsOf(pages: AsyncIterable<{ rows: unknown[] }>): AsyncGenerator<unknown[]> {
  for await (const { rows } of pages) yield rows;
}

/** Of each filter the newest 2,000 messages of 30 days; a feed keeps 100. @param options another way to ask in tests */
export const makeBackfillTeamTask =
  ({ settings, log }: Given, stores: BackfillStores, options: ArchiveOptions = {}): Task =>
  async (payload, { abortSignal }) => {
    const hub = await stores.database.hub.findUnique({ where: { id: payloadSchema.parse(payload).hub } });
    const base = settings.ARCHIVE_URL;
    if (!base || !hub) return;
    const now = Date.now();
    const span = { fromMs: now - SPAN_MS, toMs: now };
    for (const filter of await filtersOf(stores.database, hub)) {
      const pages = readArchiveOf(base, filter, span, {
        ...options,
        ...(abortSignal && { signal: abortSignal }),
      });
      await fillFeeds(pages, [hub], stores, log);
    }
  };

/** What to ask the archive for, by what fills the hub's feed. */
async function filtersOf(database: Database, hub: HubInfo): Promise<ArchiveFilter[]> {
  const rows = await database.interest.findMany({ where: { hubId: hub.id, widgetId: null } });
  const keys = rows.map(({ key }) => key.split(/:(.*)/s) as [kind: string, value: string]);
  const packages = keys.filter(([kind]) => kind === 'package').map(([, value]) => value);
  const services = [...new Set(keys.flatMap(([kind]) => categories[kind] ?? []))];
  const ownsNothing = hub.projects.length + hub.packages.length === 0 && hub.discourseTag === null;
  const people =
    (hub.membersActivity ?? ownsNothing)
      ? await database.person.findMany({
          where: { roles: { some: { hubId: hub.id, name: { in: ['member', 'owner'] } } } },
          orderBy: { username: 'asc' },
          take: NAMES,
        })
      : [];
  return [
    { package: packages.slice(0, NAMES) },
    { user: people.map(({ username }) => username) },
    { category: services },
  ].filter((filter) => Object.values(filter).flat().length > 0);
}
