import type { HubInfo } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import type { ReadContext } from '../kind.ts';

export interface CobwebsOwn {
  state: 'active' | 'idle' | 'archived';
  /** When it was archived, or when something happened last (milliseconds since 1970). */
  since: number;
  /** Nothing ever happened; `since` is when the hub was made. */
  never: boolean;
  mailingList: string | null;
  chatUrl: string | null;
  /** What the viewer can do about it. */
  as: 'visitor' | 'member' | 'owner';
}

const IDLE_MS = 31 * 86_400_000;

export async function readCobwebs({ viewer, now }: ReadContext, hub: HubInfo): Promise<CobwebsOwn> {
  const last = (hub.lastEntryAt ?? hub.createdAt).getTime();
  const member = may(viewer, 'readRestricted', hub) ? 'member' : 'visitor';
  return {
    state: hub.archivedAt ? 'archived' : now - last > IDLE_MS ? 'idle' : 'active',
    since: hub.archivedAt?.getTime() ?? last,
    never: hub.lastEntryAt === null,
    mailingList: hub.mailingList,
    chatUrl: hub.chatUrl,
    as: may(viewer, 'archive', hub) ? 'owner' : member,
  };
}
