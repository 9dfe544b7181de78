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

/** Somebody with the eyes of such a reader: rights are decided for them as for anybody. */
export function lookAs(as: ViewAs, viewer: Viewer, hub: HubInfo): Viewer | null {
  if (as === 'visitor') return null;
  const roles = new Map(viewer.roles);
  if (as === 'member') roles.set(hub.id, new Set(['member']));
  else roles.delete(hub.id);
  return { ...viewer, siteAdmin: false, roles };
}
