const DAY = 86_400_000;

/** A hub's links grow greyer at a day, week, month, quarter, year, 2 and 5 years. */
const steps = [1, 7, 31, 92, 365, 730, 1826].map((days) => days * DAY);

/** From 0 (moved, or was made, within a day) to 1 (idle for five years). */
export function idleShare(hub: { lastEntryAt: Date | null; createdAt: Date }, now: number): number {
  const idleMs = now - (hub.lastEntryAt ?? hub.createdAt).getTime();
  return steps.filter((step) => idleMs >= step).length / steps.length;
}
