const DAY = 86_400_000;

/** A hub's links grow greyer at a day, week, month, quarter, year, 2 and 5 years. */
const steps = [1, 7, 31, 92, 365, 730, 1826].map((days) => days * DAY);

/** From 0 (moved within a day) to 1 (idle for five years, or nothing ever moved). */
export function idleShare(lastEntryAt: number | null, now: number): number {
  if (lastEntryAt === null) return 1;
  return steps.filter((step) => now - lastEntryAt >= step).length / steps.length;
}
