// What the editor says to the server.
import { isSameContent, type LaidWidget, type Layout } from '../../hubs/layout.ts';
import type { CurrentLayout } from '../../widgets/save-layout.ts';

export type Saved =
  | { is: 'saved' }
  | { is: 'conflict'; now: CurrentLayout; by: (string | null)[] }
  /** `field` as the server names it: `widgets.<index>.<setting>`. */
  | { is: 'refused'; sentence: string; field: string }
  | { is: 'signed out' };

const away = 'Hubs does not answer. Your changes are still here; try again in a moment.';

/** Saves the whole layout as a change of `base`. Never throws. */
export async function sendLayout(
  hub: number,
  base: CurrentLayout,
  layout: Layout,
  page: string,
): Promise<Saved> {
  const was = new Map(base.widgets.map((widget) => [widget.key, widget]));
  try {
    const response = await fetch(`/api/hubs/${hub}/layout`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({
        version: String(base.version),
        widgets: layout.map((widget) => toWanted(widget, was.get(widget.key))),
        _page: page,
      }),
    });
    if (response.ok) return { is: 'saved' };
    if (response.status === 401) return { is: 'signed out' };
    if (response.status === 409) return await readNow(hub, base.version);
    const { error } = await response.json();
    const [field = '', sentence = String(error.message)] =
      Object.entries<string>(error.fields ?? {})[0] ?? [];
    return { is: 'refused', sentence, field };
  } catch {
    // No answer, or none of Hubs': the editor keeps everything.
    return { is: 'refused', sentence: away, field: '' };
  }
}

function toWanted({ key, kind, column, restricted, fields }: LaidWidget, was: LaidWidget | undefined) {
  const id = /^\d+$/.test(key) ? Number(key) : null;
  const asItWas = id !== null && was && isSameContent({ ...was, restricted }, { ...was, restricted, fields });
  return { id, kind, column, restricted, fields: asItWas ? null : fields };
}

async function readNow(hub: number, since: number): Promise<Saved> {
  const response = await fetch(`/api/hubs/${hub}/layout?since=${since}`);
  if (!response.ok) return { is: 'refused', sentence: away, field: '' };
  const { version, widgets, by } = await response.json();
  return { is: 'conflict', now: { version, widgets }, by };
}
