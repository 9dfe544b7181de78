// Where every change of a hub begins: its row is locked, and who asks is judged by what is true now.
import type { Prisma } from '../prisma/generated/client.ts';
import type { HubInfo } from './find-hub.ts';
import { HubError } from './hub-error.ts';
import { type Action, may } from './permissions.ts';
import type { Viewer } from './viewer.ts';

/** One change on its way: in which transaction, to which hub, by whom. */
export interface Entered {
  tx: Prisma.TransactionClient;
  hub: HubInfo;
  /** With the roles they hold here now, whatever the request began with. */
  viewer: Viewer;
  baseUrl: string;
}

export interface Asking {
  viewer: Viewer;
  hubId: number;
  /** The address people use, for the events that follow. */
  baseUrl: string;
}

/**
 * Locks the hub until the transaction ends and asks hubs/permissions.ts.
 * @throws {HubError} 404 where the viewer may not know of it, 403 where they may not do this
 */
export async function enterHub(
  tx: Prisma.TransactionClient,
  { viewer: asked, hubId, baseUrl }: Asking,
  action: Action,
): Promise<Entered> {
  await tx.$executeRaw`SELECT FROM hub WHERE id = ${hubId} FOR NO KEY UPDATE`;
  const hub = await tx.hub.findUnique({ where: { id: hubId } });
  const held = await tx.role.findMany({
    where: { hubId, personId: asked.person.id },
    select: { name: true },
  });
  const roles = new Map([...asked.roles, [hubId, new Set(held.map((role) => role.name))]]);
  const viewer = { ...asked, roles };
  if (!hub || !may(viewer, 'know', hub)) throw noSuchHub();
  if (!may(viewer, action, hub)) throw new HubError(refusal(action, hub), { code: 'not_allowed' });
  return { tx, hub, viewer, baseUrl };
}

export const noSuchHub = () => new HubError('There is no such hub.', { code: 'not_found' });

function refusal(action: Action, hub: HubInfo): string {
  if (hub.archivedAt && action !== 'archive') {
    return `${hub.name} is archived and stays as it is; an owner can wake it under its settings.`;
  }
  return action === 'contribute'
    ? `That is for members of ${hub.name}.`
    : `That is for the owners of ${hub.name}.`;
}
