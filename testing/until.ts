import { setTimeout as pause } from 'node:timers/promises';

type True<T> = Exclude<T, false | null | undefined>;

/**
 * Waits until the condition holds, and returns what it returned.
 * @param condition holds when it returns something true; what it throws counts as "not yet"
 * @throws at the deadline (20 s when left out), with what the condition last returned or threw
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  { deadlineMs = 20_000, everyMs = 20 }: { deadlineMs?: number; everyMs?: number } = {},
): Promise<True<T>> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const last = await attempt(condition);
    if ('value' in last && last.value) return last.value as True<T>;
    if (Date.now() > deadline) {
      const seen = 'value' in last ? `it returned ${JSON.stringify(last.value)}` : `it threw ${last.error}`;
      throw new Error(`The condition did not hold within ${deadlineMs} ms: ${seen}.`);
    }
    await pause(everyMs);
  }
}

async function attempt<T>(condition: () => T | Promise<T>): Promise<{ value: T } | { error: unknown }> {
  try {
    return { value: await condition() };
  } catch (error) {
    return { error };
  }
}
