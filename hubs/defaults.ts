// The widgets a new hub starts with, of the kinds that exist.
import type { HubInfo } from './find-hub.ts';

export interface DefaultWidget {
  kind: string;
  column: 'left' | 'right';
  /** From the top of its column. */
  place: number;
}

const layouts: Record<HubInfo['type'], Record<DefaultWidget['column'], string[]>> = {
  user: { left: ['feed'], right: ['contact', 'hubs', 'library'] },
  team: {
    left: ['cobwebs', 'sticky', 'help', 'feed'],
    right: ['rules', 'meetings', 'discussion', 'people', 'library'],
  },
  stream: { left: ['feed'], right: ['requests', 'help'] },
};

/** A team without a tag has nothing to discuss by; its owner can add the widget once it has. */
export function defaultWidgets(hub: Pick<HubInfo, 'type' | 'discourseTag'>): DefaultWidget[] {
  return (['left', 'right'] as const).flatMap((column) =>
    layouts[hub.type][column]
      .filter((kind) => kind !== 'discussion' || hub.discourseTag)
      .map((kind, place) => ({ kind, column, place })),
  );
}
