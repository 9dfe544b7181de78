import { FeedsAway } from '../feeds/feed-store.ts';

/** Connection errors of Node and classes of PostgreSQL that mean "not now": waiting for a store never counts as a try. */
const codes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
]);
const sentences =
  /Connection (is closed|terminated|timeout)|timeout exceeded when trying to connect|Stream isn't writeable|LOADING|READONLY|MASTERDOWN|Client has encountered a connection error|NOGROUP/;

/** Whether an error says that PostgreSQL, Redis or the feeds' MongoDB is away for now, not that the item is bad. */
export function isStoreAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof FeedsAway) return true;
    const code = (cause as { code?: unknown }).code;
    if (typeof code === 'string' && (codes.has(code) || code.startsWith('08'))) return true;
    if (sentences.test(cause.message) || cause.name === 'MaxRetriesPerRequestError') return true;
    if (cause instanceof AggregateError && cause.errors.some(isStoreAway)) return true;
  }
  return false;
}
