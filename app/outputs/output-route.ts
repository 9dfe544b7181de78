// Every output is read like this: who asks, which hub, may they read it, make it, and who may keep the answer.
import { type HubInfo, type HubType, hubPath } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import { findByLink } from '../../hubs/secret-links.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import { namePattern } from '../../upstreams/accounts/accounts.ts';
import { viewerOf } from '../auth/viewer-of.ts';
import { getStores, type Stores } from '../stores.ts';
import { answer, refuse } from './answer.ts';
import { type OutputName, outputs } from './outputs.ts';

const nothing = () => refuse(404, 'There is nothing here, or nothing for you.');

/** The GET handler of an output of a team's or a person's hub. */
export const outputRoute =
  (type: HubType, name: OutputName) =>
  async (request: Request, context: { params: Promise<{ name: string }> }): Promise<Response> => {
    const given = await context.params;
    return readOutput(getStores(), request, { type, name: given.name }, name);
  };

/** The GET handler of an output of the reader's own stream. */
export const streamOutputRoute =
  (name: OutputName) =>
  async (request: Request): Promise<Response> =>
    readOutput(getStores(), request, { type: 'stream' }, name);

/**
 * Reads an output for whoever the session says.
 * @param of which hub; a stream needs no name
 */
export async function readOutput(
  stores: Stores,
  request: Request,
  of: { type: HubType; name?: string },
  name: OutputName,
): Promise<Response> {
  const viewer = await viewerOf(stores, request);
  const hubName = of.type === 'stream' ? viewer?.person.username : of.name;
  const hub =
    hubName === undefined || !namePattern.test(hubName)
      ? null
      : await stores.database.hub.findUnique({ where: { type_name: { type: of.type, name: hubName } } });
  if (!hub || !may(viewer, 'read', hub)) return nothing();
  const { search } = new URL(request.url);
  const canonical = `${hubPath(hub)}/${name}${search}`;
  if (of.type !== 'stream' && hub.name !== of.name)
    return refuse(308, 'It is here.', { location: canonical });
  return make(stores, request, { hub, viewer, path: canonical }, name);
}

/** Reads an output for whoever made the secret link; permission is asked anew each time. */
export async function readBySecret(
  stores: Stores,
  request: Request,
  given: { token: string; output: string },
): Promise<Response> {
  const found = await findByLink(stores.database, given.token);
  if (!found || !isOutput(given.output)) return nothing();
  const { search } = new URL(request.url);
  const path = `/secret/${given.token}/${given.output}${search}`;
  return make(stores, request, { ...found, path, secret: given.token }, given.output);
}

const isOutput = (name: string): name is OutputName => Object.hasOwn(outputs, name);

async function make(
  stores: Stores,
  request: Request,
  given: { hub: HubInfo; viewer: Viewer | null; path: string; secret?: string },
  name: OutputName,
): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const self = new URL(given.path, stores.settings.BASE_URL).href;
  const made = await outputs[name](stores, { ...given, self, query: searchParams });
  if ('refused' in made) return refuse(made.status, made.refused, made.headers);
  return answer(request, made, given.viewer === null && given.secret === undefined);
}
