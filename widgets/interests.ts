// Keeps the table `interest` in step with a hub's configuration and widgets, in the transaction that changes them.
import type { HubInfo } from '../hubs/find-hub.ts';
import { feedKeys } from '../hubs/interests.ts';
import type { Database } from '../prisma/client.ts';
import type { Prisma, Widget } from '../prisma/generated/client.ts';
import { findKind } from './registry.ts';
import { partOf, valueKey } from './values.ts';

type Interest = Required<Pick<Prisma.InterestCreateManyInput, 'key' | 'hubId' | 'widgetId'>>;

/** What the configuration says must stand: the hub's interests, and each widget's value key by its id. */
export function deriveInterests(hub: HubInfo & { widgets: Widget[] }): {
  interests: Interest[];
  valueKeys: Map<number, string | null>;
} {
  const interests: Interest[] = feedKeys(hub).map((key) => ({ key, hubId: hub.id, widgetId: null }));
  const valueKeys = new Map<number, string | null>();
  for (const widget of hub.widgets) {
    const kind = findKind(widget.kind);
    const part = kind && partOf(kind, widget.settings, hub);
    valueKeys.set(widget.id, kind?.loader && part ? valueKey(kind, part) : null);
    if (!kind?.loader || !part) continue;
    for (const key of kind.loader.interests(part))
      interests.push({ key, hubId: hub.id, widgetId: widget.id });
  }
  return { interests, valueKeys };
}

/**
 * Writes anew which messages fill the hub's feed and which make its widgets' values stale; in force with the commit.
 * @throws when the hub is not there
 */
export async function refreshInterests(tx: Prisma.TransactionClient, hubId: number): Promise<void> {
  const hub = await tx.hub.findUniqueOrThrow({ where: { id: hubId }, include: { widgets: true } });
  const { interests, valueKeys } = deriveInterests(hub);
  for (const { id, valueKey: before } of hub.widgets) {
    const key = valueKeys.get(id) ?? null;
    if (key !== before) await tx.widget.update({ where: { id }, data: { valueKey: key } });
  }
  await tx.interest.deleteMany({ where: { hubId } });
  await tx.interest.createMany({ data: interests, skipDuplicates: true });
}

/**
 * After an upgrade that changed a loader's version: the values of its widgets get their new keys.
 * @param stop between two hubs
 */
export async function refreshOutdated(database: Database, stop?: AbortSignal): Promise<void> {
  const stored = await database.widget.findMany({
    where: { valueKey: { not: null } },
    distinct: ['hubId', 'kind'],
    select: { hubId: true, kind: true, valueKey: true },
  });
  const outdated = stored.filter((widget) => {
    const version = findKind(widget.kind)?.loader?.version;
    return version !== undefined && !widget.valueKey?.startsWith(`${widget.kind}/v${version}/`);
  });
  for (const hubId of new Set(outdated.map((widget) => widget.hubId))) {
    stop?.throwIfAborted();
    await database.$transaction((tx) => refreshInterests(tx, hubId));
  }
}
