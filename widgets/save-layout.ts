// Saves a hub's layout: the widgets' rows, and all that follows from their change, in one transaction.
import { hubEvent, promiseEvent, tellBrowsers } from '../hubs/changes.ts';
import type { Fields } from '../hubs/drafts.ts';
import { type Asking, type Entered, enterHub } from '../hubs/enter-hub.ts';
import type { HubInfo } from '../hubs/find-hub.ts';
import { HubError } from '../hubs/hub-error.ts';
import type { ColumnName, LaidWidget, Layout } from '../hubs/layout.ts';
import type { Database } from '../prisma/client.ts';
import type { Prisma, Widget } from '../prisma/generated/client.ts';
import { refreshInterests } from './interests.ts';
import type { AnyKind, Services } from './kind.ts';
import { findOffered, labelOf, settingsAsFields } from './library.ts';
import { findKind } from './registry.ts';
import { parseSettings } from './settings-form.ts';

/** One widget as an editor wants it. Its place is its order among those of its column. */
export interface WantedWidget {
  /** Of a widget that stands; null: a new one of `kind`. */
  id: number | null;
  kind: string;
  column: ColumnName;
  restricted: boolean;
  /** Its form's texts; null: as they are, or as a new one begins. */
  fields: Fields | null;
}

export interface CurrentLayout {
  version: number;
  widgets: Layout;
}

const LIMIT = 60;

/** The widgets in their order, as the editor holds them. */
export async function readLayout(
  tx: Prisma.TransactionClient,
  hub: Pick<HubInfo, 'id' | 'version'>,
): Promise<CurrentLayout> {
  return { version: hub.version, widgets: (await readRows(tx, hub.id)).map(toLaid) };
}

const readRows = (tx: Prisma.TransactionClient, hubId: number): Promise<Widget[]> =>
  tx.widget.findMany({ where: { hubId }, orderBy: [{ column: 'asc' }, { place: 'asc' }] });

function toLaid(row: Widget): LaidWidget {
  const kind = findKind(row.kind);
  return {
    key: String(row.id),
    kind: row.kind,
    column: row.column,
    restricted: row.restricted,
    fields: kind ? settingsAsFields(kind, row.settings) : {},
  };
}

/** Who changed the layout since that version, by user name; a name is null where an upgrade or somebody erased did. */
export async function findLayoutEditors(
  tx: Prisma.TransactionClient,
  hubId: number,
  since: number,
): Promise<(string | null)[]> {
  const changes = await tx.layoutChange.findMany({
    where: { hubId, version: { gt: since } },
    orderBy: { version: 'asc' },
    select: { person: { select: { username: true } } },
  });
  return [...new Set(changes.map(({ person }) => person?.username ?? null))];
}

/**
 * Puts the whole layout in the place of the one the editor began with.
 * @param given.version the hub's version they began with
 * @returns the hub's version now
 * @throws {HubError} `conflict` where somebody changed the layout since then: nothing is saved. `invalid` at
 *   `widgets.<index>` or `widgets.<index>.<setting>`
 */
export function saveLayout(
  database: Database,
  asking: Asking,
  services: Services,
  given: { version: number; widgets: WantedWidget[] },
): Promise<number> {
  return database.$transaction(async (tx) => {
    const entered = await enterHub(tx, asking, 'configure');
    if (given.version > entered.hub.version)
      throw new HubError('This version of the page does not exist.', { field: 'version' });
    const others = await findLayoutEditors(tx, entered.hub.id, given.version);
    if (others.length > 0)
      throw new HubError(`${sayWho(others)} changed this layout meanwhile.`, { code: 'conflict' });
    return writeLayout(entered, services, given.widgets);
  });
}

const sayWho = (names: (string | null)[]): string =>
  names.map((name) => name ?? 'An upgrade of Hubs').join(', ');

/**
 * Applies one step to the layout as it is now: such a step can't be stale.
 * @param step gets the layout, returns the one that is wanted; `stands` holds the settings as they are
 */
export function changeLayout(
  database: Database,
  asking: Asking,
  services: Services,
  step: (layout: WantedWidget[], hub: HubInfo, stands: Layout) => WantedWidget[],
): Promise<number> {
  return database.$transaction(async (tx) => {
    const entered = await enterHub(tx, asking, 'configure');
    const rows = await readRows(tx, entered.hub.id);
    const layout = rows.map(({ id, kind, column, restricted }) => ({
      id,
      kind,
      column,
      restricted,
      fields: null,
    }));
    return writeLayout(entered, services, step(layout, entered.hub, rows.map(toLaid)));
  });
}

/** What a row is to be. */
type Data = Pick<Widget, 'kind' | 'column' | 'place' | 'restricted'> & { settings: Record<string, unknown> };

async function writeLayout(entered: Entered, services: Services, wanted: WantedWidget[]): Promise<number> {
  const { tx, hub, viewer } = entered;
  if (wanted.length > LIMIT) throw new HubError(`A page has at most ${LIMIT} widgets; remove some.`);
  const rows = new Map((await readRows(tx, hub.id)).map((row) => [row.id, row]));
  const places = { left: 0, right: 0 };
  const changed = new Map<number, string[]>();
  let moved = false;
  for (const [index, widget] of wanted.entries()) {
    const field = `widgets.${index}`;
    const place = places[widget.column]++;
    if (widget.id === null) {
      const kind = findOffered(widget.kind, hub, services, field);
      const settings = checkFields(kind, widget.fields, field) ?? {};
      await tx.widget.create({
        data: { hubId: hub.id, ...toData(widget, kind.kind, place), settings: asJson(settings) },
      });
      moved = true;
      continue;
    }
    const row = rows.get(widget.id);
    if (!row) throw new HubError('This widget is not on this page, or stands there twice.', { field });
    rows.delete(row.id);
    const kind = findKind(row.kind);
    const settings = (kind && checkFields(kind, widget.fields, field)) ?? null;
    const data = { ...toData(widget, row.kind, place), settings: settings ?? toRecord(row.settings) };
    const keys = changedKeys(row, data);
    if (keys.length > 0)
      await tx.widget.update({ where: { id: row.id }, data: { ...data, settings: asJson(data.settings) } });
    const own = keys.filter((key) => key !== 'column' && key !== 'place');
    if (own.length > 0) changed.set(row.id, own);
    moved ||= own.length < keys.length;
  }
  const removed = [...rows.keys()];
  await tx.widget.deleteMany({ where: { id: { in: removed } } });
  moved ||= removed.length > 0;
  if (!moved && changed.size === 0) return hub.version;
  return noteChange(entered, moved, changed, viewer.person.id);
}

const toData = ({ column, restricted }: WantedWidget, kind: string, place: number) => ({
  kind,
  column,
  place,
  restricted,
});

const toRecord = (settings: Prisma.JsonValue): Record<string, unknown> =>
  typeof settings === 'object' && settings !== null && !Array.isArray(settings) ? settings : {};

/** Parsed settings are JSON: texts, numbers, yes and no. */
const asJson = (settings: Record<string, unknown>): Prisma.InputJsonObject =>
  JSON.parse(JSON.stringify(settings));

function checkFields(kind: AnyKind, fields: Fields | null, field: string): Record<string, unknown> | null {
  if (fields === null) return null;
  const parsed = parseSettings(kind, fields);
  if ('values' in parsed) return parsed.values;
  const [[name, sentence] = ['', 'These settings can’t be kept.']] = Object.entries(parsed.errors);
  throw new HubError(sentence, { field: name ? `${field}.${name}` : field });
}

/** What of the row is different; of its settings each by its name. */
function changedKeys(row: Widget, data: Data): string[] {
  const kind = findKind(row.kind);
  const was = toRecord(row.settings);
  const filled = kind?.settings.safeParse(was).data ?? was;
  const names = Object.keys(data.settings).filter(
    (name) => JSON.stringify(data.settings[name]) !== JSON.stringify({ ...filled }[name] ?? was[name]),
  );
  const keys = (['column', 'place', 'restricted'] as const).filter((key) => row[key] !== data[key]);
  return [...keys, ...names];
}

/** Everything that follows from a change of the layout. */
async function noteChange(
  { tx, hub, viewer, baseUrl }: Entered,
  moved: boolean,
  changed: Map<number, string[]>,
  personId: number,
): Promise<number> {
  const { version } = await tx.hub.update({
    where: { id: hub.id },
    data: { layoutEdited: true, version: { increment: 1 } },
    select: { version: true },
  });
  await tx.layoutChange.create({ data: { hubId: hub.id, version, personId } });
  await refreshInterests(tx, hub.id);
  await tellBrowsers(tx, hub, 'hub');
  const agent = viewer.person.username;
  if (moved)
    await promiseEvent(tx, hubEvent('hub.updated', { hub, changedKeys: ['layout'], agent, baseUrl }));
  const rows = await tx.widget.findMany({
    where: { id: { in: [...changed.keys()] } },
    select: { id: true, kind: true },
  });
  for (const { id, kind } of rows) {
    const widget = { id, label: labelOf(kind) };
    const given = { hub, changedKeys: changed.get(id) ?? [], agent, baseUrl, widget };
    await promiseEvent(tx, hubEvent('widget.updated', given));
  }
  return version;
}
