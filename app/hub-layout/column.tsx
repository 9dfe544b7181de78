'use client';
// One column of the editor: its widgets can be dragged within it and into the other, by mouse, finger and keyboard.
import type { ReactNode } from 'react';
import { Button, DropIndicator, GridList, GridListItem, useDragAndDrop } from 'react-aria-components';
import type { ColumnName, Direction, LaidWidget } from '../../hubs/layout.ts';
import { type DropPlace, touchDrag } from '../../ui/touch-drag.ts';
import { LayoutIcon, type LayoutIconName } from './icons.tsx';

const DRAG_TYPE = 'application/x-hubs-widget';

export interface Row {
  widget: LaidWidget;
  label: string;
}

interface Props {
  column: ColumnName;
  rows: Row[];
  /** Where a finger holds a widget now. */
  over: DropPlace<ColumnName> | null;
  onOver: (place: DropPlace<ColumnName> | null) => void;
  /** What is dragged; both columns share it. */
  dragged: { current: string | null };
  onDrop: (key: string, place: DropPlace<ColumnName>) => void;
  onStep: (key: string, to: Direction) => void;
  onConfigure: (key: string) => void;
  onRemove: (key: string) => void;
}

const columnLabels = { left: 'Left column', right: 'Right column' };

export function Column({
  column,
  rows,
  over,
  onOver,
  dragged,
  onDrop,
  onStep,
  onConfigure,
  onRemove,
}: Props) {
  const drop = (place: Omit<DropPlace<ColumnName>, 'list'>) => {
    if (dragged.current !== null) onDrop(dragged.current, { list: column, ...place });
  };
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => {
      const [key] = keys;
      dragged.current = key === undefined ? null : String(key);
      return [...keys].map((one) => ({ [DRAG_TYPE]: String(one) }));
    },
    acceptedDragTypes: [DRAG_TYPE],
    getDropOperation: () => 'move',
    onInsert: ({ target }) => drop({ key: String(target.key), after: target.dropPosition === 'after' }),
    onReorder: ({ target }) => drop({ key: String(target.key), after: target.dropPosition === 'after' }),
    onRootDrop: () => drop({ key: null, after: true }),
    renderDropIndicator: (target) => (
      <DropIndicator
        target={target}
        className={({ isDropTarget }) => `rounded-full ${isDropTarget ? 'my-1 h-1 bg-accent' : 'h-0'}`}
      />
    ),
  });
  const lands = (key: string | null, after: boolean) =>
    over?.list === column && over.key === key && over.after === after;
  return (
    <div data-list={column} className="flex min-w-0 flex-col">
      <h2 id={`${column}-column`} className="mb-2 font-semibold">
        {columnLabels[column]}
      </h2>
      <GridList
        aria-labelledby={`${column}-column`}
        items={rows.map((row) => ({ id: row.widget.key, ...row }))}
        dragAndDropHooks={dragAndDropHooks}
        selectionMode="none"
        keyboardNavigationBehavior="tab"
        renderEmptyState={() => (
          <p className="px-3 py-6 text-center text-muted text-sm">Drop a widget here.</p>
        )}
        className={({ isDropTarget }) =>
          `min-h-24 flex-1 rounded-lg border border-dashed p-2 ${isDropTarget || lands(null, true) ? 'border-accent bg-accent-soft' : 'border-line-strong'}`
        }
      >
        {({ widget, label }) => (
          <GridListItem
            id={widget.key}
            textValue={label}
            data-row={widget.key}
            className={({ isDragging }) =>
              `my-1 flex flex-wrap items-center gap-x-1 gap-y-1 rounded-md border bg-surface py-1.5 pr-2 pl-1 shadow-card ${isDragging ? 'opacity-50' : ''} ${lands(widget.key, false) ? 'border-line border-t-4 border-t-accent' : lands(widget.key, true) ? 'border-line border-b-4 border-b-accent' : 'border-line'}`
            }
          >
            <span
              className="touch-none"
              data-handle={widget.key}
              {...touchDrag({
                lists: ['left', 'right'],
                onOver,
                onDrop: (place) => onDrop(widget.key, place),
              })}
            >
              <Button
                slot="drag"
                className="grid size-8 cursor-grab place-items-center rounded text-muted hover:bg-sunken"
              >
                <LayoutIcon name="grip" />
              </Button>
            </span>
            <span className="min-w-24 flex-1 font-medium">
              {label}
              {widget.restricted && <span className="ml-2 font-normal text-muted text-xs">members only</span>}
            </span>
            <span className="ml-auto flex">
              <Tool icon="up" act="up" name={`Move ${label} up`} onPress={() => onStep(widget.key, 'up')} />
              <Tool
                icon="down"
                act="down"
                name={`Move ${label} down`}
                onPress={() => onStep(widget.key, 'down')}
              />
              {column === 'left' ? (
                <Tool
                  icon="right"
                  act="across"
                  name={`Move ${label} to the right column`}
                  onPress={() => onStep(widget.key, 'right')}
                />
              ) : (
                <Tool
                  icon="left"
                  act="across"
                  name={`Move ${label} to the left column`}
                  onPress={() => onStep(widget.key, 'left')}
                />
              )}
              <Tool
                icon="cog"
                act="configure"
                name={`Settings of ${label}`}
                onPress={() => onConfigure(widget.key)}
              />
              <Tool
                icon="remove"
                act="remove"
                name={`Remove ${label}`}
                onPress={() => onRemove(widget.key)}
              />
            </span>
          </GridListItem>
        )}
      </GridList>
    </div>
  );
}

interface ToolProps {
  icon: LayoutIconName;
  /** Finds it again when its row has moved. */
  act: string;
  name: string;
  onPress: () => void;
}

function Tool({ icon, act, name, onPress }: ToolProps): ReactNode {
  return (
    <Button
      aria-label={name}
      data-act={act}
      onPress={onPress}
      className="grid size-8 cursor-pointer place-items-center rounded text-muted hover:bg-sunken hover:text-text"
    >
      <LayoutIcon name={icon} />
    </Button>
  );
}
