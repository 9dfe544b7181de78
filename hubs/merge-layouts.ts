import { findMoved, inColumn, insertAt, isSameContent, type LaidWidget, type Layout } from './layout.ts';

/** A widget that stood and was removed by somebody else comes back as a new one. */
const againKey = (key: string) => `again-${key}`;

/**
 * Two people changed one layout: what I did, done again on top of theirs. Where both changed the same, mine holds;
 * nothing goes that neither removed. What they removed and I left alone stays removed; what I changed comes back.
 * @param base what both began with
 */
export function mergeLayouts(base: Layout, mine: Layout, theirs: Layout): Layout {
  const was = new Map(base.map((widget) => [widget.key, widget]));
  const kept = new Set(mine.map(({ key }) => key));
  const moved = findMoved(base, mine);
  let merged = theirs.filter(({ key }) => kept.has(key) || !was.has(key));
  for (const widget of mine) {
    const old = was.get(widget.key);
    const changed = old && !isSameContent(old, widget);
    const places = !old || moved.has(widget.key);
    if (!places && !changed) continue;
    const there = merged.find(({ key }) => key === widget.key);
    const { restricted, fields } = changed || !there ? widget : there;
    const next = { ...widget, restricted, fields, key: there || !old ? widget.key : againKey(widget.key) };
    merged =
      there && !places
        ? merged.map((one) => (one === there ? { ...next, column: there.column } : one))
        : insertAsIn(
            mine,
            widget,
            next,
            merged.filter((one) => one !== there),
          );
  }
  return merged;
}

/** Puts it behind the nearest widget that stands before it in `mine`, or on top of its column. */
function insertAsIn(mine: Layout, widget: LaidWidget, next: LaidWidget, into: Layout): Layout {
  const column = inColumn(mine, widget.column);
  const before = column.slice(0, column.indexOf(widget)).reverse();
  for (const { key } of before) {
    const index = into.findIndex(
      (one) => one.column === widget.column && (one.key === key || one.key === againKey(key)),
    );
    if (index >= 0) return into.toSpliced(index + 1, 0, next);
  }
  return insertAt(into, next, widget.column, 0);
}
