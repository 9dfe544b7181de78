import type { ChainableCommander, Redis } from 'ioredis';
import { streams, type TracedNotice, toFields } from '../bus/streams.ts';

/** Notices are for who listens now; a browser that was away fetches anew. */
const KEPT = 10_000;

/** Adds a notice for the SSE servers. */
export const addNotice = (to: Redis | ChainableCommander, notice: TracedNotice) =>
  to.xadd(streams.notices, 'MAXLEN', '~', KEPT, '*', ...toFields(notice));
