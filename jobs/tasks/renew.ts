// The job `renew`: a source that sends no messages is looked at again now and then, as if it had sent one.
import type { Task } from 'graphile-worker';
import { z } from 'zod';
import { loadStale } from '../../widgets/ask-for-loads.ts';
import type { JobStores } from '../job-stores.ts';

const payloadSchema = z.object({ key: z.string() });

/** One waits per value, beside its load. */
export const renewKey = (key: string): string => `renew/${key}`;

/** How long until then, milliseconds: values that were loaded together spread over a fifth of it. */
export const renewAfterMs = (maxAgeMs: number): number => maxAgeMs * (0.9 + 0.2 * Math.random());

/** The task. Each load of such a source promises the next one; nobody looks for a day: the chain ends until the next view. */
export const makeRenewTask =
  (stores: Pick<JobStores, 'pool' | 'redis'>, tries: number): Task =>
  async (payload) => {
    await loadStale(stores, new Map([[payloadSchema.parse(payload).key, null]]), tries);
  };
