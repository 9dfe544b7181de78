'use client';
import type { LaidWidget } from '../../hubs/layout.ts';
import { Button, Form, type Given } from '../../ui/form.tsx';
import { Dialog } from './dialog.tsx';
import type { EditorProps } from './editor-props.ts';
import { LibraryCard } from './library-card.tsx';
import type { KindOffer } from './offer.ts';
import { Press } from './press.tsx';
import { SettingsFields } from './settings-fields.tsx';
import { RESTRICTED } from './settings-names.ts';

export function LibraryDialog({
  offers,
  onAdd,
  onClose,
}: {
  offers: KindOffer[];
  onAdd: (offer: KindOffer) => void;
  onClose: () => void;
}) {
  return (
    <Dialog title="Add a widget" wide onClose={onClose}>
      <ul className="grid gap-3 sm:grid-cols-2">
        {offers
          .filter(({ offered }) => offered)
          .map((offer) => (
            <LibraryCard key={offer.kind} offer={offer}>
              <Press onPress={() => onAdd(offer)} name={`Add ${offer.label}`}>
                Add
              </Press>
            </LibraryCard>
          ))}
      </ul>
    </Dialog>
  );
}

interface SettingsProps {
  widget: LaidWidget;
  offer: KindOffer | undefined;
  mayRestrict: boolean;
  /** What came back from saving. */
  errors: Record<string, string>;
  onDone: (to: Pick<LaidWidget, 'fields' | 'restricted'>) => void;
  onClose: () => void;
}

/** The form of one widget; the server checks it, and it is saved with the layout. */
export function SettingsDialog({ widget, offer, mayRestrict, errors, onDone, onClose }: SettingsProps) {
  if (!offer) {
    return (
      <Dialog title={`Settings of ${widget.kind}`} onClose={onClose}>
        <p className="text-sm">This kind of widget is not installed any more. It can be moved and removed.</p>
      </Dialog>
    );
  }
  const given: Given | null =
    Object.keys(errors).length > 0
      ? { fields: { ...widget.fields, ...(widget.restricted ? { [RESTRICTED]: 'on' } : {}) }, errors }
      : null;
  const take = (sent: FormData) => {
    const names = [...new Set(sent.keys())].filter((name) => !name.startsWith('_') && name !== RESTRICTED);
    onDone({
      fields: Object.fromEntries(names.map((name) => [name, String(sent.get(name))])),
      restricted: sent.has(RESTRICTED),
    });
  };
  return (
    <Dialog title={`Settings of ${offer.label}`} onClose={onClose}>
      <Form action={`/api/kinds/${offer.kind}/check`} given={given} onDone={(_done, sent) => take(sent)}>
        <SettingsFields
          settings={offer.settings}
          fields={widget.fields}
          restricted={widget.restricted}
          mayRestrict={mayRestrict}
        />
        <Button look="strong">Done</Button>
        <p className="mt-3 text-muted text-xs">It is saved with the layout.</p>
      </Form>
    </Dialog>
  );
}

interface ConflictProps extends Pick<EditorProps, 'username'> {
  by: (string | null)[];
  /** What they did, in words. */
  changes: string[];
  onSave: () => void;
  onDiscard: () => void;
  onClose: () => void;
}

/** Somebody else saved meanwhile: what they did, and whose holds now. */
export function ConflictDialog({ by, changes, username, onSave, onDiscard, onClose }: ConflictProps) {
  const who = by.map((name) =>
    name === null ? 'an upgrade of Hubs' : name === username ? 'you, in another window,' : name,
  );
  const names = new Intl.ListFormat('en').format(who);
  return (
    <Dialog title="Somebody changed this layout meanwhile" onClose={onClose}>
      <p className="text-sm">While you edited, {names}:</p>
      <ul className="my-3 list-disc pl-5 text-sm">
        {changes.map((words) => (
          <li key={words}>{words}</li>
        ))}
        {changes.length === 0 && <li>changed it, and changed it back</li>}
      </ul>
      <p className="mb-4 text-sm">
        Nothing of yours is lost. Saved on top, your changes are made again to the page as it is now; where
        both of you changed the same widget, yours holds.
      </p>
      <div className="flex flex-wrap gap-2">
        <Press look="strong" onPress={onSave}>
          Save mine on top
        </Press>
        <Press onPress={onDiscard}>Discard mine</Press>
        <Press onPress={onClose}>Go on editing</Press>
      </div>
    </Dialog>
  );
}
