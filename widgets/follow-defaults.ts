// A hub whose layout nobody edited follows the installed defaults: an upgrade that changes them changes it.
import { tellBrowsers } from '../hubs/changes.ts';
import { defaultWidgets } from '../hubs/defaults.ts';
import type { Database } from '../prisma/client.ts';
import { refreshInterests } from './interests.ts';

/** `left 0 feed,right 0 people`, as the query below writes it. */
const wordsOf = (widgets: { column: string; place: number; kind: string }[]): string =>
  widgets.map(({ column, place, kind }) => `${column} ${place} ${kind}`).join();

const words = {
  user: wordsOf(defaultWidgets({ type: 'user', discourseTag: null })),
  stream: wordsOf(defaultWidgets({ type: 'stream', discourseTag: null })),
  team: wordsOf(defaultWidgets({ type: 'team', discourseTag: null })),
  tagged: wordsOf(defaultWidgets({ type: 'team', discourseTag: 'any' })),
};

/**
 * Brings every hub that nobody edited to the defaults; what is the same already is not touched. Widgets of a kind that
 * stays keep their settings.
 * @param stop between two hubs
 * @returns how many hubs changed
 */
export async function followDefaults(database: Database, stop?: AbortSignal): Promise<number> {
  const hubs = await database.$queryRaw<{ id: number }[]>`
    SELECT hub.id FROM hub LEFT JOIN widget ON widget.hub_id = hub.id
    WHERE NOT hub.layout_edited GROUP BY hub.id
    HAVING coalesce(string_agg(concat_ws(' ', widget.column, widget.place, widget.kind), ',' ORDER BY widget.column, widget.place), '')
      <> CASE WHEN hub.type = 'user' THEN ${words.user} WHEN hub.type = 'stream' THEN ${words.stream}
        WHEN hub.discourse_tag <> '' THEN ${words.tagged} ELSE ${words.team} END`;
  for (const { id } of hubs) {
    stop?.throwIfAborted();
    await bringToDefaults(database, id);
  }
  return hubs.length;
}

function bringToDefaults(database: Database, id: number): Promise<void> {
  return database.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT FROM hub WHERE id = ${id} FOR NO KEY UPDATE`;
    const hub = await tx.hub.findUnique({ where: { id }, include: { widgets: { orderBy: { id: 'asc' } } } });
    // Somebody edited or deleted it meanwhile.
    if (!hub || hub.layoutEdited) return;
    const left = [...hub.widgets];
    for (const wanted of defaultWidgets(hub)) {
      const index = left.findIndex(({ kind }) => kind === wanted.kind);
      const [row] = index < 0 ? [] : left.splice(index, 1);
      if (row) await tx.widget.update({ where: { id: row.id }, data: wanted });
      else
        await tx.widget.create({ data: { hubId: id, ...wanted, restricted: hub.visibility === 'preview' } });
    }
    await tx.widget.deleteMany({ where: { id: { in: left.map((row) => row.id) } } });
    const { version } = await tx.hub.update({ where: { id }, data: { version: { increment: 1 } } });
    await tx.layoutChange.create({ data: { hubId: id, version } });
    await refreshInterests(tx, id);
    await tellBrowsers(tx, hub, 'hub');
  });
}
