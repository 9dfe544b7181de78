// What becomes of a message of the bus. Each has one outcome; all are counted by hour and service.

/**
 * `queued`: it went to hubs:bus. `duplicate`: it was there before. `own`: Hubs published it, and had it before the bus
 * brought it. `junk`: of a topic that nobody here wants. `dropped`: it is no message. `unsigned`, `invalid`: its signature
 * is missing or wrong. `lost`: Redis did not take it before the stop; `returned`: nor this, but its source brings it again.
 */
export const outcomes = [
  ...(['queued', 'duplicate', 'own', 'junk'] as const),
  ...(['dropped', 'unsigned', 'invalid', 'lost', 'returned'] as const),
];
export type Outcome = (typeof outcomes)[number];

/** Counted when it comes from a source; what is `received` and has no outcome was lost in the listener's memory. */
export const RECEIVED = 'received';

/** Had been queued when Redis was emptied, and is read from the archive again: counted anew there. */
export const AGAIN = 'again';

/** Each message of these is counted once however many listeners heard it: they are what the archive has, too. */
export const heardOnce: readonly string[] = ['queued', 'own', 'junk'] satisfies Outcome[];

export const HOUR_MS = 3_600_000;

/** What is not between these was sent by a clock that can't be right: it counts where it arrived. */
const EARLIEST_MS = Date.UTC(2000);
const AHEAD_MS = 300_000;

/** Hour and service as the ledger's key in Redis has them: hours since 1970. */
export function placeInLedger(sentMs: number | undefined, service: string, nowMs = Date.now()): string {
  const isCredible = sentMs !== undefined && sentMs >= EARLIEST_MS && sentMs <= nowMs + AHEAD_MS;
  return `${Math.floor((isCredible ? sentMs : nowMs) / HOUR_MS)} ${service}`;
}
