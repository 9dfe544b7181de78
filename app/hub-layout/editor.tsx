'use client';
// The layout editor: everything is changed here first, and saved or discarded as a whole.
import { useRouter } from 'next/navigation';
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import {
  type ColumnName,
  columns,
  type Direction,
  describeChanges,
  inColumn,
  insertAt,
  isSameContent,
  type LaidWidget,
  type Layout,
  moveOn,
} from '../../hubs/layout.ts';
import { mergeLayouts } from '../../hubs/merge-layouts.ts';
import type { DropPlace } from '../../ui/touch-drag.ts';
import type { CurrentLayout } from '../../widgets/save-layout.ts';
import { Column } from './column.tsx';
import { ConflictDialog, LibraryDialog, SettingsDialog } from './dialogs.tsx';
import type { EditorProps } from './editor-props.ts';
import { useLeaveGuard } from './leave-guard.ts';
import type { KindOffer } from './offer.ts';
import { Press } from './press.tsx';
import { sendLayout } from './send-layout.ts';

interface Removed {
  widget: LaidWidget;
  place: number;
}

type Open =
  | { is: 'library' }
  | { is: 'settings'; key: string; errors: Record<string, string> }
  | { is: 'conflict'; now: CurrentLayout; by: (string | null)[] }
  | null;

const isSame = (a: Layout, b: Layout): boolean =>
  a.length === b.length &&
  columns.every((column) => {
    const others = inColumn(b, column);
    return inColumn(a, column).every((widget, index) => {
      const other = others[index];
      return other?.key === widget.key && isSameContent(other, widget);
    });
  });

export function Editor({ hub, startsRestricted, mayRestrict, layout: given, offers, username }: EditorProps) {
  const router = useRouter();
  const [base, setBase] = useState(given);
  const [layout, setLayout] = useState(given.widgets);
  const [removed, setRemoved] = useState<Removed[]>([]);
  const [open, setOpen] = useState<Open>(null);
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState<{ sentence: string; signIn?: true } | null>(null);
  const [busy, setBusy] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [over, setOver] = useState<DropPlace<ColumnName> | null>(null);
  const dragged = useRef<string | null>(null);
  const toFocus = useRef<string | null>(null);
  const newKeys = useRef(0);
  const root = useRef<HTMLDivElement>(null);

  const dirty = !isSame(base.widgets, layout);
  useLeaveGuard(dirty && !leaving);
  const labelOf = (kind: string) =>
    offers.find((offer) => offer.kind === kind)?.label ?? `${kind} (not installed)`;
  const find = (key: string) => layout.find((widget) => widget.key === key);

  // A row that went into the other column is another element: the focus follows it.
  useEffect(() => {
    if (toFocus.current === null) return;
    const target = root.current?.querySelector<HTMLElement>(toFocus.current);
    // The list sends whoever comes from outside to its first row, unless they come to a row.
    target?.closest<HTMLElement>('[data-row]')?.focus();
    target?.focus();
    toFocus.current = null;
  });

  const sayPlace = (now: Layout, widget: LaidWidget, verb: string) => {
    const column = now.find(({ key }) => key === widget.key)?.column ?? widget.column;
    const list = inColumn(now, column);
    const position = list.findIndex(({ key }) => key === widget.key) + 1;
    setSaid(`${labelOf(widget.kind)} ${verb} to ${column} column, position ${position} of ${list.length}.`);
  };

  const put = (widget: LaidWidget, now: Layout, verb: string) => {
    setLayout(now);
    sayPlace(now, widget, verb);
  };

  const drop = (key: string, { list: column, key: target, after }: DropPlace<ColumnName>) => {
    const widget = find(key);
    if (!widget || target === key) return;
    const others = layout.filter((one) => one !== widget);
    const index = inColumn(others, column).findIndex((one) => one.key === target);
    const place = index < 0 ? others.length : index + (after ? 1 : 0);
    put(widget, insertAt(others, widget, column, place), 'moved');
  };

  const step = (key: string, to: Direction) => {
    const widget = find(key);
    if (!widget) return;
    toFocus.current = `[data-row="${key}"] [data-act="${to === 'up' || to === 'down' ? to : 'across'}"]`;
    put(widget, moveOn(layout, widget, to), 'moved');
  };

  const add = (offer: KindOffer) => {
    const key = `new-${++newKeys.current}`;
    const { kind, column, fields } = offer;
    const widget: LaidWidget = { key, kind, column, restricted: startsRestricted, fields };
    setOpen(null);
    toFocus.current = `[data-row="${key}"] [data-act="configure"]`;
    put(widget, insertAt(layout, widget, column, 0), 'added');
  };

  const remove = (key: string) => {
    const widget = find(key);
    if (!widget) return;
    setRemoved([{ widget, place: inColumn(layout, widget.column).indexOf(widget) }, ...removed]);
    setLayout(layout.filter((one) => one !== widget));
    toFocus.current = `[data-undo="${key}"]`;
    setSaid(`${labelOf(widget.kind)} removed.`);
  };

  const undo = ({ widget, place }: Removed) => {
    setRemoved(removed.filter((one) => one.widget !== widget));
    toFocus.current = `[data-row="${widget.key}"] [data-act="remove"]`;
    put(widget, insertAt(layout, widget, widget.column, place), 'put back');
  };

  const configure = (key: string, to: Pick<LaidWidget, 'fields' | 'restricted'>) => {
    setLayout(layout.map((one) => (one.key === key ? { ...one, ...to } : one)));
    setOpen(null);
    toFocus.current = `[data-row="${key}"] [data-act="configure"]`;
    setSaid('Settings taken; they are saved with the layout.');
  };

  /** Away, with what is saved or without what is not. */
  const leave = () => {
    setLeaving(true);
    router.push(hub.path);
    router.refresh();
  };

  const discard = () => {
    if (!dirty || window.confirm('Discard your changes of the layout?')) leave();
  };

  const save = async (from: CurrentLayout, wanted: Layout) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    setSaid('Saving.');
    const answer = await sendLayout(hub.id, from, wanted, `${hub.path}/layout`);
    setBusy(false);
    if (answer.is === 'saved') return leave();
    setSaid('');
    if (answer.is === 'conflict') return setOpen(answer);
    if (answer.is === 'signed out')
      return setProblem({ sentence: 'Your session has ended. Nothing is lost:', signIn: true });
    const [, index, setting] = /^widgets\.(\d+)\.(.+)$/.exec(answer.field) ?? [];
    const wrong = index === undefined ? undefined : wanted[Number(index)];
    if (wrong && setting) setOpen({ is: 'settings', key: wrong.key, errors: { [setting]: answer.sentence } });
    setProblem({ sentence: answer.sentence });
  };

  const saveOnTop = (now: CurrentLayout) => {
    const merged = mergeLayouts(base.widgets, layout, now.widgets);
    setBase(now);
    setLayout(merged);
    setOpen(null);
    return save(now, merged);
  };

  const takeTheirs = (now: CurrentLayout) => {
    setBase(now);
    setLayout(now.widgets);
    setRemoved([]);
    setOpen(null);
    setSaid('Your changes are discarded. This is the layout as it is now.');
  };

  const edited = open?.is === 'settings' ? find(open.key) : undefined;
  return (
    <div ref={root}>
      <div className="sticky top-0 z-10 -mx-4 mb-4 flex flex-wrap items-center gap-2 border-line border-b bg-page px-4 py-3">
        <Press onPress={() => setOpen({ is: 'library' })}>Add a widget</Press>
        <span className="relative ml-auto text-muted text-sm">
          {dirty && <span className="max-sm:sr-only">Not saved yet</span>}
        </span>
        <Press onPress={discard}>Discard</Press>
        <Press look="strong" disabled={busy || !dirty} onPress={() => void save(base, layout)}>
          Save
        </Press>
      </div>
      <p className="mb-4 text-muted text-sm">
        Drag a widget by its handle, or press Enter on the handle and choose its place with Tab. Nothing
        changes for others until you save.
      </p>
      {problem && (
        <p role="alert" className="mb-4 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
          {problem.sentence}
          {problem.signIn && (
            <>
              {' '}
              <a href={`/sign-in?to=${encodeURIComponent(hub.path)}`} target="_blank" rel="noreferrer">
                sign in (in a new tab)
              </a>
              , then save here.
            </>
          )}
        </p>
      )}
      {removed.length > 0 && (
        <ul aria-label="Removed" className="mb-4 grid gap-2">
          {removed.map((one) => (
            <li
              key={one.widget.key}
              className="flex items-center gap-3 rounded-md bg-accent-soft px-3 py-2 text-sm"
            >
              {labelOf(one.widget.kind)} is removed.
              <button
                type="button"
                data-undo={one.widget.key}
                onClick={() => undo(one)}
                aria-label={`Undo: put ${labelOf(one.widget.kind)} back`}
                className="cursor-pointer font-medium text-accent underline"
              >
                Undo
              </button>
            </li>
          ))}
        </ul>
      )}
      <div
        className="grid items-stretch gap-5 lg:grid-cols-[minmax(0,var(--left))_minmax(0,var(--right))]"
        style={{ '--left': `${hub.leftWidth}fr`, '--right': `${12 - hub.leftWidth}fr` } as CSSProperties}
      >
        {columns.map((column) => (
          <Column
            key={column}
            column={column}
            rows={inColumn(layout, column).map((widget) => ({ widget, label: labelOf(widget.kind) }))}
            over={over}
            onOver={setOver}
            dragged={dragged}
            onDrop={drop}
            onStep={step}
            onConfigure={(key) => setOpen({ is: 'settings', key, errors: {} })}
            onRemove={remove}
          />
        ))}
      </div>
      {/* react-aria hides what is not a drop target while somebody drags by keyboard; what is said must stay. */}
      <p role="status" data-live-announcer="true" className="sr-only">
        {said}
      </p>
      {open?.is === 'library' && <LibraryDialog offers={offers} onAdd={add} onClose={() => setOpen(null)} />}
      {open?.is === 'settings' && edited && (
        <SettingsDialog
          widget={edited}
          offer={offers.find(({ kind }) => kind === edited.kind)}
          mayRestrict={mayRestrict}
          errors={open.errors}
          onDone={(to) => configure(open.key, to)}
          onClose={() => setOpen(null)}
        />
      )}
      {open?.is === 'conflict' && (
        <ConflictDialog
          by={open.by}
          changes={describeChanges(base.widgets, open.now.widgets, labelOf)}
          username={username}
          onSave={() => void saveOnTop(open.now)}
          onDiscard={() => takeTheirs(open.now)}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}
