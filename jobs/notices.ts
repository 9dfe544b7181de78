import type { ChainableCommander, Redis } from 'ioredis';
import { streams, type TracedNotice, toFields } from '../bus/streams.ts';

/** A browser that was away while more came fetches everything anew. */
const KEPT = 10_000;

/** Adds a notice for the SSE servers. */
export const addNotice = (to: Redis | ChainableCommander, notice: TracedNotice) =>
  to.xadd(streams.notices, 'MAXLEN', '~', KEPT, '*', ...toFields(notice));
