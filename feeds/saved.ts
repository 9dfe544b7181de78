// Entries that people keep for themselves, whole, because a feed keeps only its newest 100.
import { describe } from '../activity/describe.ts';
import { messageSchema } from '../bus/message.ts';
import { readTopic } from '../bus/topic.ts';
import type { HubInfo } from '../hubs/find-hub.ts';
import { HubError } from '../hubs/hub-error.ts';
import { may } from '../hubs/permissions.ts';
import type { Viewer } from '../hubs/viewer.ts';
import type { Database } from '../prisma/client.ts';
import { withoutHiddenHubs } from './hidden-hubs.ts';
import type { ToldEntry } from './told-entry.ts';

const LIMIT = 1_000;

/**
 * Keeps an entry that was read in the hub's feed.
 * @throws {HubError} where 1,000 are kept already
 */
export async function saveEntry(
  database: Database,
  viewer: Viewer,
  hub: HubInfo,
  { id, message }: Pick<ToldEntry, 'id' | 'message'>,
): Promise<void> {
  const personId = viewer.person.id;
  const key = { personId_messageId: { personId, messageId: id } };
  if (await database.savedEntry.findUnique({ where: key, select: { messageId: true } })) return;
  if ((await database.savedEntry.count({ where: { personId } })) >= LIMIT) {
    throw new HubError(`You keep ${LIMIT.toLocaleString('en')} entries: let some of them go first.`);
  }
  const row = { personId, messageId: id, hubId: hub.id, message: JSON.stringify(message) };
  await database.savedEntry.upsert({ where: key, create: row, update: {} });
}

export async function unsaveEntry(database: Database, viewer: Viewer, id: string): Promise<void> {
  await database.savedEntry.deleteMany({ where: { personId: viewer.person.id, messageId: id } });
}

/** Which of these the viewer keeps. */
export async function findSaved(
  database: Database,
  viewer: Viewer | null,
  ids: string[],
): Promise<ReadonlySet<string>> {
  if (!viewer || ids.length === 0) return new Set();
  const rows = await database.savedEntry.findMany({
    where: { personId: viewer.person.id, messageId: { in: ids } },
    select: { messageId: true },
  });
  return new Set(rows.map(({ messageId }) => messageId));
}

/** What the viewer keeps, saved last first, without what is of hubs they may not read any more. */
export async function readSaved(database: Database, viewer: Viewer): Promise<ToldEntry[]> {
  const rows = await database.savedEntry.findMany({
    where: { personId: viewer.person.id },
    include: { hub: true },
    orderBy: [{ savedAt: 'desc' }, { messageId: 'asc' }],
  });
  const kept = rows
    .filter(({ hub }) => may(viewer, 'read', hub))
    .map(({ hub, messageId, message: text }) => {
      const message = messageSchema.parse(JSON.parse(text));
      const { category, kind } = readTopic(message.topic);
      return {
        id: messageId,
        time: message.time,
        kind,
        service: category,
        message,
        activity: describe(message),
        sources: [{ hub, keys: [] }],
      };
    });
  return withoutHiddenHubs({ database, viewer }, kept);
}
