// Dragging by a finger on the handle: it moves at once, in every browser, where native drag and drop needs a long press
// or does not exist.
import type { PointerEvent } from 'react';
import type { ColumnName } from '../../hubs/layout.ts';

/** Where a widget would land: before or after another, or at the end of a column. */
export interface DropPlace {
  column: ColumnName;
  key: string | null;
  after: boolean;
}

/** How near to the window's edge it scrolls, and how far with each move. */
const EDGE_PX = 72;
const SCROLL_PX = 16;

function placeAt(x: number, y: number): DropPlace | null {
  const element = document.elementFromPoint(x, y);
  const column = element?.closest<HTMLElement>('[data-column]')?.dataset.column;
  if (column !== 'left' && column !== 'right') return null;
  const row = element?.closest<HTMLElement>('[data-row]');
  if (!row) return { column, key: null, after: true };
  const { top, height } = row.getBoundingClientRect();
  return { column, key: row.dataset.row ?? null, after: y > top + height / 2 };
}

interface Handlers {
  /** Null: over no column. */
  onOver: (place: DropPlace | null) => void;
  onDrop: (place: DropPlace) => void;
}

/** The handle's pointer events, for fingers and pens. */
export function touchDrag({ onOver, onDrop }: Handlers) {
  const isDragging = (event: PointerEvent<HTMLElement>) =>
    event.currentTarget.hasPointerCapture(event.pointerId) && event.pointerType !== 'mouse';
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.pointerType !== 'mouse') event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (!isDragging(event)) return;
      if (event.clientY < EDGE_PX) window.scrollBy(0, -SCROLL_PX);
      if (event.clientY > window.innerHeight - EDGE_PX) window.scrollBy(0, SCROLL_PX);
      onOver(placeAt(event.clientX, event.clientY));
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      if (!isDragging(event)) return;
      const place = placeAt(event.clientX, event.clientY);
      onOver(null);
      if (place) onDrop(place);
    },
    onPointerCancel: () => onOver(null),
  };
}
