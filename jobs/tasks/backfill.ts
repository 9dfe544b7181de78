// The job `backfill`: what concerned somebody in the last 30 days, from the archive into the feeds of their own hubs.
import type { Task } from 'graphile-worker';
import { z } from 'zod';
import { describe } from '../../activity/describe.ts';
import { keysOf } from '../../activity/keys.ts';
import { fromArchiveV2 } from '../../bus/archive.ts';
import { BadMessage } from '../../bus/bad-message.ts';
import type { Message } from '../../bus/message.ts';
import type { Work } from '../../bus/streams.ts';
import { tellBrowsers } from '../../hubs/changes.ts';
import type { Hub } from '../../prisma/generated/client.ts';
import type { Context } from '../../runtime/process.ts';
import { type ArchiveOptions, readArchiveOf } from '../../upstreams/datagrepper.ts';
import { findInterests } from '../find-interests.ts';
import type { JobStores } from '../job-stores.ts';
import { workOf } from '../triage.ts';
import { writeEntries } from '../write-entries.ts';

const payloadSchema = z.object({ username: z.string() });
const SPAN_MS = 30 * 86_400_000;

export type BackfillStores = Pick<JobStores, 'pool' | 'database' | 'feeds'>;

/** @param options another way to ask in tests */
export function makeBackfillTask(
  { settings, log }: Pick<Context, 'settings' | 'log'>,
  stores: BackfillStores,
  options: ArchiveOptions = {},
): Task {
  return async (payload, { abortSignal }) => {
    const { username } = payloadSchema.parse(payload);
    const base = settings.ARCHIVE_URL;
    if (!base) return;
    const own = await stores.database.hub.findMany({
      where: { name: username, type: { in: ['user', 'stream'] } },
      select: { id: true, type: true, visibility: true },
    });
    const now = Date.now();
    const signal = abortSignal ? { signal: abortSignal } : {};
    const pages = readArchiveOf(
      base,
      { user: [username] },
      { fromMs: now - SPAN_MS, toMs: now },
      { ...options, ...signal },
    );
    await fillFeeds(pages, own, stores, log);
  };
}

/** Writes what of these rows concerns the hubs, and tells those who look at them, page by page. */
export async function fillFeeds(
  pages: AsyncIterable<unknown[]>,
  hubs: Pick<Hub, 'id' | 'type' | 'visibility'>[],
  stores: BackfillStores,
  log: Context['log'],
): Promise<void> {
  for await (const rows of pages) {
    const messages = rows.flatMap((row) => readRow(row, log));
    const told = new Set((await fill(messages, hubs, stores)).map(({ hub }) => hub));
    await tellBrowsers(
      stores.database,
      hubs.filter(({ id }) => told.has(id)),
      'entry',
    );
  }
}

function readRow(row: unknown, log: Context['log']): Message[] {
  try {
    return [fromArchiveV2(row)];
  } catch (error) {
    if (!(error instanceof BadMessage)) throw error;
    log.warn({ err: error }, 'skipped a row of the archive that is no message');
    return [];
  }
}

/** Writes what concerns these hubs, by the rules that hold for what comes over the bus. */
async function fill(messages: Message[], own: { id: number }[], { pool, feeds }: BackfillStores) {
  const ids = new Set(own.map(({ id }) => id));
  const keyed = messages.map((message) => ({ message, keys: keysOf(message, describe(message)) }));
  const interests = await findInterests(pool, [...new Set(keyed.flatMap(({ keys }) => keys))]);
  const work = keyed.flatMap(({ message, keys }): (Work & { again: boolean })[] => {
    const all = workOf(message, keys, interests);
    return all
      ? [{ ...all, feeds: all.feeds.filter(({ hub }) => ids.has(hub)), stale: [], again: false }]
      : [];
  });
  return writeEntries(work, pool, feeds);
}
