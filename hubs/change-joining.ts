import type { Database } from '../prisma/client.ts';
import type { JoinMode } from '../prisma/generated/enums.ts';
import { hubEvent, promiseEvent, tellBrowsers } from './changes.ts';
import { type Asking, enterHub } from './enter-hub.ts';
import { HubError } from './hub-error.ts';
import { refuseStale } from './refuse-stale.ts';

/**
 * Says how somebody joins the team, and what they read before.
 * @returns a sentence
 * @throws {HubError} `conflict` where somebody else changed the hub since the form was opened
 */
export function changeJoining(
  database: Database,
  asking: Asking,
  { version, ...wanted }: { version: number; joinMode: JoinMode; joinText: string },
): Promise<string> {
  return database.$transaction(async (tx) => {
    const { hub, viewer, baseUrl } = await enterHub(tx, asking, 'configure');
    if (hub.type !== 'team') throw new HubError('A person’s hub can be followed, not joined.');
    const changedKeys = [
      ...(hub.joinMode === wanted.joinMode ? [] : ['join_mode']),
      ...(hub.joinText === wanted.joinText ? [] : ['join_text']),
    ];
    if (changedKeys.length === 0) return 'Nothing changed.';
    refuseStale(hub, version);
    await tx.hub.update({ where: { id: hub.id }, data: { ...wanted, version: { increment: 1 } } });
    await tellBrowsers(tx, hub, 'hub');
    const agent = viewer.person.username;
    await promiseEvent(tx, hubEvent('hub.updated', { hub, changedKeys, agent, baseUrl }));
    return 'Saved.';
  });
}
