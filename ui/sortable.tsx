'use client';
// A list put in order by mouse, finger and keyboard. It is big: fetch it where somebody wants to put something in order.
import { useState } from 'react';
import { Button, DropIndicator, GridList, GridListItem, useDragAndDrop } from 'react-aria-components';
import { type DropPlace, touchDrag } from './touch-drag.ts';

export interface SortableProps {
  /** What is put in order, such as "Links". */
  label: string;
  items: { id: number; text: string }[];
  /** Keeps the new order: `id` stands behind `after` now, or first (0). The answer is said. */
  onMove: (id: number, after: number) => Promise<string>;
}

const LIST = 'sortable';

export default function Sortable({ label, items, onMove }: SortableProps) {
  const [over, setOver] = useState<DropPlace<typeof LIST> | null>(null);
  const [said, setSaid] = useState('');
  // The order at once, until the page has another one than it was made from.
  const [moved, setMoved] = useState({ order: [] as number[], from: '' });
  const from = String(items.map(({ id }) => id));
  const order = moved.from === from ? moved.order : [];
  const rows = items.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));

  async function drop(id: number, key: string | null, after: boolean) {
    const others = rows.map((row) => row.id).filter((one) => one !== id);
    const target = key === null ? others.length - 1 : others.indexOf(Number(key)) - (after ? 0 : 1);
    if (key === String(id)) return;
    setMoved({ order: others.toSpliced(target + 1, 0, id), from });
    const text = rows.find((row) => row.id === id)?.text;
    setSaid(`${text} moved to position ${target + 2} of ${rows.length}.`);
    const answer = await onMove(id, others[target] ?? 0);
    if (!answer) return;
    setSaid(answer);
    setMoved({ order: [], from: '' });
  }

  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'text/plain': String(key) })),
    getDropOperation: () => 'move',
    onReorder: async ({ keys, target }) => {
      const [key] = keys;
      if (key !== undefined) await drop(Number(key), String(target.key), target.dropPosition === 'after');
    },
    renderDropIndicator: (target) => (
      <DropIndicator
        target={target}
        className={({ isDropTarget }) => `rounded-full ${isDropTarget ? 'my-1 h-1 bg-accent' : 'h-0'}`}
      />
    ),
  });
  const lands = (key: string, after: boolean) => over?.key === key && over.after === after;
  return (
    <div data-list={LIST}>
      <GridList
        aria-label={label}
        items={rows}
        dependencies={[over]}
        dragAndDropHooks={dragAndDropHooks}
        selectionMode="none"
        keyboardNavigationBehavior="tab"
      >
        {({ id, text }) => (
          <GridListItem
            id={id}
            textValue={text}
            data-row={id}
            className={({ isDragging }) =>
              `my-1 flex items-center gap-1 rounded-md border border-line bg-surface py-1 pr-2 pl-1 text-sm ${isDragging ? 'opacity-50' : ''} ${lands(String(id), false) ? 'border-t-4 border-t-accent' : lands(String(id), true) ? 'border-b-4 border-b-accent' : ''}`
            }
          >
            <span
              className="touch-none"
              data-handle={id}
              {...touchDrag({
                lists: [LIST],
                onOver: setOver,
                onDrop: (at) => drop(id, at.key, at.after),
              })}
            >
              <Button
                slot="drag"
                className="grid size-8 cursor-grab place-items-center rounded text-muted hover:bg-sunken"
              >
                <svg viewBox="0 0 16 16" fill="currentColor" aria-hidden="true" className="size-4">
                  <path d="M5 3h2v2H5Zm4 0h2v2H9ZM5 7h2v2H5Zm4 0h2v2H9Zm-4 4h2v2H5Zm4 0h2v2H9Z" />
                </svg>
              </Button>
            </span>
            <span className="min-w-0 flex-1 break-words">{text}</span>
          </GridListItem>
        )}
      </GridList>
      {/* react-aria hides what is not a drop target while somebody drags by keyboard; what is said must stay. */}
      <p role="status" data-react-aria-top-layer="true" className="sr-only">
        {said}
      </p>
    </div>
  );
}
