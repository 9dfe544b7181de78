// Keeps the table `interest` in step with a hub's configuration and widgets, in the transaction that changes them.
import { feedKeys } from '../hubs/interests.ts';
import type { Database } from '../prisma/client.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import { findKind } from './registry.ts';
import { partOf, valueKey } from './values.ts';

/**
 * Writes anew which messages fill the hub's feed and which make its widgets' values stale; in force with the commit.
 * @throws when the hub is not there
 */
export async function refreshInterests(tx: Prisma.TransactionClient, hubId: number): Promise<void> {
  const hub = await tx.hub.findUniqueOrThrow({ where: { id: hubId }, include: { widgets: true } });
  const rows: Prisma.InterestCreateManyInput[] = feedKeys(hub).map((key) => ({ key, hubId }));
  for (const widget of hub.widgets) {
    const kind = findKind(widget.kind);
    const part = kind && partOf(kind, widget.settings, hub);
    const key = kind?.loader && part ? valueKey(kind, part) : null;
    if (key !== widget.valueKey)
      await tx.widget.update({ where: { id: widget.id }, data: { valueKey: key } });
    if (!kind?.loader || !part) continue;
    for (const staleKey of kind.loader.interests(part))
      rows.push({ key: staleKey, hubId, widgetId: widget.id });
  }
  await tx.interest.deleteMany({ where: { hubId } });
  await tx.interest.createMany({ data: rows, skipDuplicates: true });
}

/** After an upgrade that changed a loader's version: the values of its widgets get their new keys. */
export async function refreshOutdated(database: Database): Promise<void> {
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
    await database.$transaction((tx) => refreshInterests(tx, hubId));
  }
}
