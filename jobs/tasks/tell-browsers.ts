// The job `tell-browsers`: a change made in Hubs itself, which PostgreSQL told at its commit to who listened then, goes to
// hubs:notices for browsers that come back.
import type { Task } from 'graphile-worker';
import type { Redis } from 'ioredis';
import { tracedNoticeSchema } from '../../bus/streams.ts';
import { addNotice } from '../notices.ts';

export const makeTellBrowsersTask =
  (redis: Redis): Task =>
  async (payload) => {
    await addNotice(redis, tracedNoticeSchema.parse(payload));
  };
