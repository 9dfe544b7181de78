import { setTimeout as wait } from 'node:timers/promises';
import { FeedsAway } from '../feeds/feed-store.ts';

/**
 * Connection errors of Node, SQLSTATEs of PostgreSQL and codes of Prisma that mean "not now": waiting for a store never
 * counts as a try. A full disk, a standby that takes no writes and a password that was changed are no item's fault.
 */
const codes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'ENOENT'],
  ...['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN'],
  ...['57P01', '57P02', '57P03', '25006', '3D000'],
  ...['P1000', 'P1001', 'P1002', 'P1003', 'P1008', 'P1010', 'P1017', 'P2024'],
]);
/** Connection, authorization, insufficient resources, system error (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const classes = ['08', '28', '53', '58'];
const isSqlState = (code: string) => /^[0-9A-Z]{5}$/.test(code);
const sentences =
  /Connection (is closed|terminated|timeout)|timeout exceeded when trying to connect|Query read timeout|timeout expired|Stream isn't writeable|Socket timeout|Client has encountered a connection error|NOGROUP|no such key|^(LOADING|READONLY|MASTERDOWN|OOM|MISCONF|NOREPLICAS|NOAUTH|WRONGPASS|BUSY|CLUSTERDOWN|TRYAGAIN|UNBLOCKED) /;

/** Whether an error says that PostgreSQL, Redis or the feeds' MongoDB is away for now, not that the item is bad. */
export function isStoreAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof FeedsAway) return true;
    const { code, previousErrors } = cause as { code?: unknown; previousErrors?: unknown };
    if (
      typeof code === 'string' &&
      (codes.has(code) || (isSqlState(code) && classes.includes(code.slice(0, 2))))
    )
      return true;
    if (sentences.test(cause.message) || cause.name === 'MaxRetriesPerRequestError') return true;
    if (cause instanceof AggregateError && cause.errors.some(isStoreAway)) return true;
    // Redis refuses a transaction (EXECABORT) for what it said of its commands.
    if (Array.isArray(previousErrors) && previousErrors.some(isStoreAway)) return true;
  }
  return false;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Does work again and again while a store is away, with growing pauses.
 * @param onAway called before each pause; what it throws ends the waiting
 * @throws what fails for another reason
 */
export async function whenStoresAreThere<T>(
  work: () => Promise<T>,
  onAway: (error: unknown) => void | Promise<void>,
): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isStoreAway(error)) throw error;
      await onAway(error);
      await wait(pause);
    }
  }
}
