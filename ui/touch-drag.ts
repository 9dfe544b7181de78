// Dragging by a finger on the handle: it moves at once, in every browser, where native drag and drop needs a long press
// or does not exist.
import type { PointerEvent } from 'react';

/** Where a row would land: before or after another, or at the end of a list. */
export interface DropPlace<List extends string> {
  list: List;
  key: string | null;
  after: boolean;
}

/** How near to the window's edge it scrolls, and how far with each move. */
const EDGE_PX = 72;
const SCROLL_PX = 16;

function placeAt<List extends string>(lists: readonly List[], x: number, y: number): DropPlace<List> | null {
  const element = document.elementFromPoint(x, y);
  const name = element?.closest<HTMLElement>('[data-list]')?.dataset.list;
  const list = lists.find((one) => one === name);
  if (!list) return null;
  const row = element?.closest<HTMLElement>('[data-row]');
  if (!row) return { list, key: null, after: true };
  const { top, height } = row.getBoundingClientRect();
  return { list, key: row.dataset.row ?? null, after: y > top + height / 2 };
}

interface Handlers<List extends string> {
  /** The `data-list` of the lists it may go to; their rows have a `data-row`. */
  lists: readonly List[];
  /** Null: over none of them. */
  onOver: (place: DropPlace<List> | null) => void;
  onDrop: (place: DropPlace<List>) => void;
}

/** The handle's pointer events, for fingers and pens. */
export function touchDrag<List extends string>({ lists, onOver, onDrop }: Handlers<List>) {
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
      onOver(placeAt(lists, event.clientX, event.clientY));
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      if (!isDragging(event)) return;
      const place = placeAt(lists, event.clientX, event.clientY);
      onOver(null);
      if (place) onDrop(place);
    },
    onPointerCancel: () => onOver(null),
  };
}
