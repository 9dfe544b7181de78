import {
  type ConfigurationTab,
  changeConfiguration,
  configurationTabs,
} from '../../../../../../hubs/configuration.ts';
import { refreshInterests } from '../../../../../../widgets/interests.ts';
import { formRoute } from '../../../../../forms/form-route.ts';
import { readHubId } from '../../../../../forms/hub-id.ts';

const handlers = new Map(
  Object.keys(configurationTabs).map((name) => {
    const tab = name as ConfigurationTab;
    const handler = formRoute<unknown, { hub: string }>({
      fields: configurationTabs[tab],
      async act({ stores, viewer, params, values }) {
        const fields = configurationTabs[tab];
        type Values = ReturnType<typeof fields.parse>;
        const asking = { viewer, hubId: readHubId(params), baseUrl: stores.settings.BASE_URL };
        const changed = await stores.database.$transaction(async (tx) => {
          const keys = await changeConfiguration(tx, asking, values as Values);
          if (keys.length > 0) await refreshInterests(tx, asking.hubId);
          return keys;
        });
        return { said: changed.length > 0 ? 'Saved.' : 'Nothing was changed.' };
      },
    });
    return [name, handler];
  }),
);

/** POST /api/hubs/<id>/settings/<tab>: changes what the tab holds (hubs/configuration.ts); `version` is the one read. */
export async function POST(request: Request, context: { params: Promise<{ hub: string; tab: string }> }) {
  const handler = handlers.get((await context.params).tab);
  return handler ? handler(request, context) : new Response('There is no such tab.\n', { status: 404 });
}
