import type { HubInfo } from '../hubs/find-hub.ts';
import { may, maySeeWidget } from '../hubs/permissions.ts';
import type { Viewer } from '../hubs/viewer.ts';
import type { Widget } from '../prisma/generated/client.ts';
import { type ShownRole, settings } from './people/settings.ts';

/**
 * Whose names the viewer may see in full. A widget kept to members keeps all of the hub's people from others, but for
 * those whom an open widget shows. Whom people follow is theirs to tell (widgets/hubs): subscribers are listed where a
 * widget shows them, and to owners.
 */
export function listedRoles(
  viewer: Viewer | null,
  hub: HubInfo,
  widgets: Pick<Widget, 'kind' | 'restricted' | 'settings'>[],
): ShownRole[] {
  if (!may(viewer, 'read', hub)) return [];
  const people = widgets.filter(({ kind }) => kind === 'people');
  const seen = people.filter((widget) => maySeeWidget(viewer, hub, widget));
  const shown = new Set(seen.map((widget) => settings.safeParse(widget.settings).data?.role));
  const hides = seen.length < people.length;
  const listed = {
    member: shown.has('member') || !hides,
    owner: shown.has('member') || shown.has('owner') || !hides,
    subscriber: shown.has('subscriber') || may(viewer, 'archive', hub),
  };
  return (['member', 'owner', 'subscriber'] as const).filter((role) => listed[role]);
}
