import { FeedsAway } from '../../feeds/feed-store.ts';
import { readFeed } from '../../feeds/read-feed.ts';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import type { ReadContext } from '../kind.ts';

export interface MeetingsOwn {
  mayEdit: boolean;
  /** Of the last meeting that the feed knows of. */
  minutes: { href: string; time: number } | null;
}

export async function readMeetings(
  { database, feeds, viewer }: ReadContext,
  hub: HubInfo,
): Promise<MeetingsOwn> {
  const held = await readFeed({ database, feeds, viewer }, hub, {
    kind: 'meetbot.meeting.complete',
    limit: 1,
  }).catch((error: unknown) => {
    if (error instanceof FeedsAway) return null; // when it meets next is known without them
    throw error;
  });
  const [last] = held ?? [];
  return {
    mayEdit: may(viewer, 'configure', hub),
    minutes: last?.activity.link ? { href: last.activity.link, time: last.time } : null,
  };
}
