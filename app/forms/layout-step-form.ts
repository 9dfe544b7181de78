// One step of editing a layout without JavaScript: saved at once.
import { z } from 'zod';
import { dropDraft, type Fields, keepDraft, readDraft } from '../../hubs/drafts.ts';
import { hubPath } from '../../hubs/find-hub.ts';
import { HubError } from '../../hubs/hub-error.ts';
import { columns, inColumn, insertAt, moveOn } from '../../hubs/layout.ts';
import { findOffered, labelOf, startsRestricted } from '../../widgets/library.ts';
import { changeLayout, type WantedWidget } from '../../widgets/save-layout.ts';
import { configuredServices } from '../../widgets/services.ts';
import type { FormDefinition } from './form-route.ts';
import { readHubId } from './hub-id.ts';

const id = z
  .string()
  .regex(/^\d{1,9}$/, 'Give the widget by its number.')
  .transform(Number);

const steps = z.discriminatedUnion('step', [
  z.strictObject({ step: z.enum(['up', 'down', 'left', 'right']), widget: id }),
  z.strictObject({ step: z.literal('remove'), widget: id }),
  z.strictObject({ step: z.literal('add'), kind: z.string().max(100) }),
  /** Brings back what was removed; `removed` is the draft that holds it. */
  z.strictObject({ step: z.literal('undo'), removed: z.string().max(40) }),
]);

const removedSchema = z.object({
  kind: z.string(),
  column: z.enum(columns),
  place: z.string().transform(Number),
  restricted: z.string().transform((text) => text === 'true'),
  fields: z
    .string()
    .transform((text) =>
      z.record(z.string(), z.union([z.string(), z.array(z.string())])).parse(JSON.parse(text)),
    ),
});

/** The action of the drafts that hold removed widgets. */
export const removedAction = (hubId: number): string => `/api/hubs/${hubId}/layout/step#removed`;

export function findWidget(layout: WantedWidget[], widgetId: number): WantedWidget {
  const widget = layout.find((one) => one.id === widgetId);
  if (widget) return widget;
  throw new HubError('This widget is not on the page any more: somebody removed it meanwhile.', {
    code: 'conflict',
  });
}

export const layoutStepForm: FormDefinition<z.output<typeof steps>, { hub: string }> = {
  fields: steps,
  async act({ stores: { database, settings }, viewer, params, values }) {
    const hubId = readHubId(params);
    const services = configuredServices(settings);
    const page = async () =>
      `${hubPath(await database.hub.findUniqueOrThrow({ where: { id: hubId } }))}/layout`;
    const apply = (step: Parameters<typeof changeLayout>[3]) =>
      changeLayout(database, { viewer, hubId, baseUrl: settings.BASE_URL }, services, step);

    if (values.step === 'add') {
      await apply((layout, hub) => {
        const { kind, column } = findOffered(values.kind, hub, services, 'kind');
        const widget = { id: null, kind, column, restricted: startsRestricted(hub), fields: null };
        return insertAt(layout, widget, column, 0);
      });
      return { said: `${labelOf(values.kind)} stands on top of its column.`, to: await page() };
    }
    if (values.step === 'remove') {
      let fields: Fields = {};
      await apply((layout, _hub, stands) => {
        const widget = findWidget(layout, values.widget);
        const column = inColumn(layout, widget.column);
        const settings = stands.find(({ key }) => key === String(widget.id))?.fields ?? {};
        fields = {
          kind: widget.kind,
          column: widget.column,
          place: String(column.indexOf(widget)),
          restricted: String(widget.restricted),
          fields: JSON.stringify(settings),
        };
        return layout.filter((one) => one !== widget);
      });
      const draft = { action: removedAction(hubId), page: await page(), fields, errors: {} };
      const removed = await keepDraft(database, viewer.person.id, draft);
      return { said: `${labelOf(String(fields.kind))} is removed.`, to: `${draft.page}?removed=${removed}` };
    }
    if (values.step === 'undo') {
      const draft = await readDraft(database, values.removed, viewer.person.id);
      if (draft?.action !== removedAction(hubId))
        throw new HubError('What was removed is not kept any more; add it from the library.', {
          code: 'conflict',
        });
      const { place, ...widget } = removedSchema.parse(draft.fields);
      await apply((layout) => insertAt(layout, { id: null, ...widget }, widget.column, place));
      await dropDraft(database, draft.id);
      return { said: `${labelOf(widget.kind)} is back.`, to: await page() };
    }
    let said = '';
    await apply((layout) => {
      const moved = moveOn(layout, findWidget(layout, values.widget), values.step);
      const widget = findWidget(moved, values.widget);
      const column = inColumn(moved, widget.column);
      said = `${labelOf(widget.kind)} stands in the ${widget.column} column, position ${column.indexOf(widget) + 1} of ${column.length}.`;
      return moved;
    });
    return { said, to: `${await page()}#widget-${values.widget}` };
  },
};
