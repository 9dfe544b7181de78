import { z } from 'zod';
import { hubPath } from '../../hubs/find-hub.ts';
import { columns } from '../../hubs/layout.ts';
import { saveLayout } from '../../widgets/save-layout.ts';
import { configuredServices } from '../../widgets/services.ts';
import type { FormDefinition } from './form-route.ts';
import { readHubId } from './hub-id.ts';

const widgetSchema = z.strictObject({
  id: z.int().positive().max(2_147_483_647).nullable(),
  kind: z.string().max(100),
  column: z.enum(columns),
  restricted: z.boolean(),
  fields: z.record(z.string(), z.union([z.string(), z.array(z.string())])).nullable(),
});

const widgetText = z.string().transform((text, context) => {
  const parsed = widgetSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: 'This is not a widget as an editor gives it.' });
  return z.NEVER;
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // no widget either: refused in a sentence
  }
}

/** The whole layout of a hub, from an editor that began with `version`. */
export const layoutForm: FormDefinition<
  { version: number; widgets: z.output<typeof widgetSchema>[] },
  { hub: string }
> = {
  fields: z.strictObject({
    version: z
      .string()
      .regex(/^\d{1,9}$/, 'Give the version the editor began with.')
      .transform(Number),
    widgets: z.array(widgetText),
  }),
  async act({ stores: { database, settings }, viewer, params, values }) {
    const hubId = readHubId(params);
    const asking = { viewer, hubId, baseUrl: settings.BASE_URL };
    await saveLayout(database, asking, configuredServices(settings), values);
    const hub = await database.hub.findUniqueOrThrow({ where: { id: hubId } });
    return { said: 'The layout is saved.', to: hubPath(hub) };
  },
};
