// The job `clear-feed`: empties the feed of a hub that is no more. Promised with the deletion, for the feeds may be in a
// store that is away.
import type { Task } from 'graphile-worker';
import { z } from 'zod';
import type { FeedStore } from '../../feeds/feed-store.ts';

const payloadSchema = z.object({ hub: z.number().int() });

export const makeClearFeedTask =
  (feeds: FeedStore): Task =>
  async (payload) => {
    await feeds.clear(payloadSchema.parse(payload).hub);
  };
