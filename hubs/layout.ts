// A hub's layout as its editor holds it, and what one layout changed of another.
import type { Fields } from './drafts.ts';

export const columns = ['left', 'right'] as const;
export type ColumnName = (typeof columns)[number];

export interface LaidWidget {
  /** The number of a widget that stands; another word for one that is new. */
  key: string;
  kind: string;
  column: ColumnName;
  /** For members only. */
  restricted: boolean;
  /** Its settings as its form's texts. */
  fields: Fields;
}

/** Widgets of one column stand in their order from the top; how the two columns mingle means nothing. */
export type Layout = LaidWidget[];

interface InColumn {
  column: ColumnName;
}

export const inColumn = <Widget extends InColumn>(layout: Widget[], column: ColumnName): Widget[] =>
  layout.filter((widget) => widget.column === column);

/** Puts a widget that is not in the layout at a place of a column, counted from 0; beyond its end: last. */
export function insertAt<Widget extends InColumn>(
  layout: Widget[],
  widget: Widget,
  column: ColumnName,
  place: number,
): Widget[] {
  const follower = inColumn(layout, column)[place];
  return layout.toSpliced(follower ? layout.indexOf(follower) : layout.length, 0, { ...widget, column });
}

export type Direction = 'up' | 'down' | ColumnName;

/** Moves one up or down within its column, or into the other at the same height. At the edge nothing changes. */
export function moveOn<Widget extends InColumn>(layout: Widget[], widget: Widget, to: Direction): Widget[] {
  if (to === widget.column) return layout;
  const place = inColumn(layout, widget.column).indexOf(widget);
  const others = layout.filter((one) => one !== widget);
  if (to === 'left' || to === 'right') return insertAt(others, widget, to, place);
  return insertAt(others, widget, widget.column, Math.max(0, place + (to === 'up' ? -1 : 1)));
}

/** Whether both show the same to the same people. */
export const isSameContent = (a: LaidWidget, b: LaidWidget): boolean =>
  a.restricted === b.restricted && isSameFields(a.fields, b.fields);

function isSameFields(a: Fields, b: Fields): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => JSON.stringify(a[name] ?? '') === JSON.stringify(b[name] ?? ''));
}

/**
 * The widgets that were moved from one layout to the other: into another column, or past others of their own. Of those
 * that could have been, as few as possible.
 */
export function findMoved(before: Layout, after: Layout): Set<string> {
  const was = new Map(
    columns.flatMap((column) => inColumn(before, column).map(({ key }, place) => [key, { column, place }])),
  );
  const moved = new Set<string>();
  for (const column of columns) {
    const stayed: { key: string; place: number }[] = [];
    for (const { key } of inColumn(after, column)) {
      const old = was.get(key);
      if (old?.column === column) stayed.push({ key, place: old.place });
      else if (old) moved.add(key);
    }
    const still = longestRising(stayed);
    for (const { key } of stayed) if (!still.has(key)) moved.add(key);
  }
  return moved;
}

/** The longest part of the list whose places rise: what needs not have been moved. */
function longestRising(list: { key: string; place: number }[]): Set<string> {
  const best: string[][] = [];
  for (const [index, { key, place }] of list.entries()) {
    let longest: string[] = [];
    for (const [earlier, item] of list.slice(0, index).entries()) {
      const run = best[earlier] ?? [];
      if (item.place < place && run.length > longest.length) longest = run;
    }
    best.push([...longest, key]);
  }
  return new Set(best.reduce((a, b) => (b.length > a.length ? b : a), []));
}

/** What changed, each in words that follow a name: "moved People to the left column". */
export function describeChanges(before: Layout, after: Layout, labelOf: (kind: string) => string): string[] {
  const was = new Map(before.map((widget) => [widget.key, widget]));
  const is = new Set(after.map(({ key }) => key));
  const moved = findMoved(before, after);
  const changed = after.flatMap((widget) => {
    const label = labelOf(widget.kind);
    const old = was.get(widget.key);
    if (!old) return [`added ${label} to the ${widget.column} column`];
    const words: string[] = [];
    if (moved.has(widget.key))
      words.push(
        `moved ${label} ${old.column === widget.column ? `within the ${widget.column} column` : `to the ${widget.column} column`}`,
      );
    if (!isSameFields(old.fields, widget.fields)) words.push(`changed the settings of ${label}`);
    if (old.restricted !== widget.restricted)
      words.push(`showed ${label} to ${widget.restricted ? 'members only' : 'everybody'}`);
    return words;
  });
  return [
    ...before.filter(({ key }) => !is.has(key)).map(({ kind }) => `removed ${labelOf(kind)}`),
    ...changed,
  ];
}
