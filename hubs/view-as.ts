import type { HubInfo } from './find-hub.ts';
import { may } from './permissions.ts';
import type { Viewer } from './viewer.ts';

/** As whom an owner can look at their hub, and how that is said. */
export const viewsAs = { visitor: 'a visitor', person: 'somebody signed in', member: 'a member' } as const;
export type ViewAs = keyof typeof viewsAs;

/** The way of looking that was asked for, if the viewer may: owners only, and only with less than they have. */
export function readViewAs(asked: unknown, viewer: Viewer | null, hub: HubInfo): ViewAs | null {
  if (typeof asked !== 'string' || !Object.hasOwn(viewsAs, asked) || !may(viewer, 'archive', hub))
    return null;
  return asked as ViewAs;
}

/** A stranger with the rights of such a reader: nothing that is the owner's own (name, roles elsewhere) is in it. */
export function lookAs(as: ViewAs, hub: Pick<HubInfo, 'id'>): Viewer | null {
  if (as === 'visitor') return null;
  return {
    person: { id: 0, username: '', fullName: '' },
    siteAdmin: false,
    session: 0,
    roles: new Map(as === 'member' ? [[hub.id, new Set(['member'] as const)]] : []),
  };
}
