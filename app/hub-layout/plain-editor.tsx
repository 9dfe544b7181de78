// The layout as forms: each step is saved at once.
import type { ReactNode } from 'react';
import type { Draft } from '../../hubs/drafts.ts';
import { columns, inColumn, type LaidWidget } from '../../hubs/layout.ts';
import { Button, Form, type Given } from '../../ui/form.tsx';
import type { CurrentLayout } from '../../widgets/save-layout.ts';
import { LibraryCard } from './library-card.tsx';
import type { KindOffer } from './offer.ts';
import { SettingsFields } from './settings-fields.tsx';
import { BEFORE } from './settings-names.ts';

interface Props {
  hub: { id: number; leftWidth: number };
  mayRestrict: boolean;
  layout: CurrentLayout;
  offers: KindOffer[];
  /** A form that came back. */
  draft: Draft | null;
  removed: { id: string; label: string } | null;
}

const headings = { left: 'Left column', right: 'Right column' };

export function PlainEditor({ hub, mayRestrict, layout, offers, draft, removed }: Props) {
  const step = `/api/hubs/${hub.id}/layout/step`;
  const given = (action: string): Given | null => (draft?.action === action ? draft : null);
  const problem = Object.values(given(step)?.errors ?? {}).join(' ');
  return (
    <>
      <p className="mb-4 text-muted text-sm">
        Every change is saved at once, and everybody who looks at the page sees it.
      </p>
      {problem && (
        <p role="alert" className="mb-4 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
          {problem}
        </p>
      )}
      {removed && (
        <Form
          action={step}
          className="mb-4 flex items-center gap-3 rounded-md bg-accent-soft px-3 py-2 text-sm"
        >
          <span role="status">{removed.label} is removed.</span>
          <input type="hidden" name="removed" value={removed.id} />
          <Button name="step" value="undo">
            Undo
          </Button>
        </Form>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-2">
        {columns.map((column) => {
          const widgets = inColumn(layout.widgets, column);
          return (
            <section key={column} aria-labelledby={`${column}-column`}>
              <h2 id={`${column}-column`} className="mb-2 font-semibold">
                {headings[column]}
              </h2>
              {widgets.length === 0 && <p className="text-muted text-sm">Nothing stands here.</p>}
              <ol className="grid gap-3">
                {widgets.map((widget, index) => {
                  const action = `/api/hubs/${hub.id}/layout/widgets/${widget.key}`;
                  const offer = offers.find(({ kind }) => kind === widget.kind);
                  return (
                    <PlainWidget
                      key={widget.key}
                      widget={widget}
                      label={offer?.label ?? `${widget.kind} (not installed)`}
                      step={step}
                      isFirst={index === 0}
                      isLast={index === widgets.length - 1}
                    >
                      {offer && (
                        <details open={given(action) !== null} className="mt-2">
                          <summary className="text-sm">Settings of {offer.label}</summary>
                          <Form action={action} given={given(action)} className="mt-3">
                            <input type="hidden" name={BEFORE} value={JSON.stringify(widget.fields)} />
                            <SettingsFields
                              settings={offer.settings}
                              fields={widget.fields}
                              restricted={widget.restricted}
                              mayRestrict={mayRestrict}
                            />
                            <Button look="strong">Save settings</Button>
                          </Form>
                        </details>
                      )}
                    </PlainWidget>
                  );
                })}
              </ol>
            </section>
          );
        })}
      </div>
      <section aria-labelledby="library" className="mt-8">
        <h2 id="library" className="mb-3 font-semibold text-lg">
          Add a widget
        </h2>
        <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {offers
            .filter(({ offered }) => offered)
            .map((offer) => (
              <LibraryCard key={offer.kind} offer={offer}>
                <Form action={step}>
                  <input type="hidden" name="kind" value={offer.kind} />
                  <Button name="step" value="add" aria-label={`Add ${offer.label}`}>
                    Add
                  </Button>
                </Form>
              </LibraryCard>
            ))}
        </ul>
      </section>
    </>
  );
}

interface WidgetProps {
  widget: LaidWidget;
  label: string;
  step: string;
  isFirst: boolean;
  isLast: boolean;
  children: ReactNode;
}

function PlainWidget({ widget, label, step, isFirst, isLast, children }: WidgetProps) {
  const other = widget.column === 'left' ? 'right' : 'left';
  return (
    <li
      id={`widget-${widget.key}`}
      className="rounded-lg border border-line bg-surface px-4 py-3 shadow-card"
    >
      <h3 className="font-medium">
        {label}
        {widget.restricted && <span className="ml-2 text-muted text-xs">members only</span>}
      </h3>
      <Form action={step} className="mt-2 flex flex-wrap gap-2">
        <input type="hidden" name="widget" value={widget.key} />
        {!isFirst && (
          <Button name="step" value="up" aria-label={`Move ${label} up`}>
            Up
          </Button>
        )}
        {!isLast && (
          <Button name="step" value="down" aria-label={`Move ${label} down`}>
            Down
          </Button>
        )}
        <Button name="step" value={other} aria-label={`Move ${label} to the ${other} column`}>
          To the {other}
        </Button>
        <Button name="step" value="remove" look="danger" aria-label={`Remove ${label}`}>
          Remove
        </Button>
      </Form>
      {children}
    </li>
  );
}
