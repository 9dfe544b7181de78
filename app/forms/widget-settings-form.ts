// The settings of one widget: from its page without JavaScript saved at once, from the editor only checked.
import { z } from 'zod';
import type { Fields } from '../../hubs/drafts.ts';
import { hubPath } from '../../hubs/find-hub.ts';
import { HubError } from '../../hubs/hub-error.ts';
import { labelOf } from '../../widgets/library.ts';
import { findKind } from '../../widgets/registry.ts';
import { changeLayout } from '../../widgets/save-layout.ts';
import { configuredServices } from '../../widgets/services.ts';
import { parseSettings } from '../../widgets/settings-form.ts';
import { BEFORE, RESTRICTED } from '../hub-layout/settings-names.ts';
import { FieldErrors, type FormDefinition } from './form-route.ts';
import { readHubId } from './hub-id.ts';
import { findWidget } from './layout-step-form.ts';

const fieldsSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** @throws {FieldErrors} */
function check(name: string, { [RESTRICTED]: _restricted, [BEFORE]: _before, ...fields }: Fields): Fields {
  const kind = findKind(name);
  if (!kind) throw new HubError('This kind of widget is not installed.', { code: 'not_found' });
  const parsed = parseSettings(kind, fields);
  if ('errors' in parsed) throw new FieldErrors(parsed.errors);
  return fields;
}

/** Says whether the settings of a kind are right, and changes nothing. */
export const checkSettingsForm: FormDefinition<Fields, { kind: string }> = {
  fields: fieldsSchema,
  async act({ params, values }) {
    check(params.kind, values);
    return {};
  },
};

export const widgetSettingsForm: FormDefinition<Fields, { hub: string; widget: string }> = {
  fields: fieldsSchema,
  async act({ stores: { database, settings }, viewer, params, values }) {
    const hubId = readHubId(params);
    const id = /^\d{1,9}$/.test(params.widget) ? Number(params.widget) : 0;
    const asking = { viewer, hubId, baseUrl: settings.BASE_URL };
    let done = {};
    await changeLayout(database, asking, configuredServices(settings), (layout, hub, stands) => {
      const widget = findWidget(layout, id);
      const fields = check(widget.kind, values);
      const now = stands.find(({ key }) => key === params.widget)?.fields;
      const label = labelOf(widget.kind);
      if (values[BEFORE] !== undefined && values[BEFORE] !== JSON.stringify(now))
        throw new HubError(
          `Somebody changed the settings of ${label} meanwhile. What you typed is still here; save again to put it in their place.`,
          { code: 'conflict' },
        );
      done = { said: `The settings of ${label} are saved.`, to: `${hubPath(hub)}/layout#widget-${id}` };
      const restricted = RESTRICTED in values;
      return layout.map((one) => (one === widget ? { ...one, fields, restricted } : one));
    });
    return done;
  },
};
