import { setTimeout as delay } from 'node:timers/promises';

/** Resolves when the work has ended, however, or after that long. */
export async function endWithin(work: Promise<unknown>, limitMs: number): Promise<void> {
  await Promise.race([work.catch(() => undefined), delay(limitMs, undefined, { ref: false })]);
}
