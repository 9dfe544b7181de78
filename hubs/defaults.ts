// The widgets a new hub starts with: of the kinds that exist today, product defaults follow as kinds are added.
import type { HubInfo } from './find-hub.ts';

export interface DefaultWidget {
  kind: string;
  column: 'left' | 'right';
  /** From the top of its column. */
  place: number;
}

/** A team without a tag has nothing to discuss by; its owner can add the widget once it has. */
export function defaultWidgets(hub: Pick<HubInfo, 'type' | 'discourseTag'>): DefaultWidget[] {
  const right = {
    user: [],
    team: [...(hub.discourseTag ? ['discussion'] : []), 'people'],
    stream: ['requests'],
  }[hub.type];
  return [
    { kind: 'feed', column: 'left', place: 0 },
    ...right.map((kind, place) => ({ kind, column: 'right' as const, place })),
  ];
}
