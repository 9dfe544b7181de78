import { BSON, MongoAPIError, MongoError, MongoParseError, MongoServerError } from 'mongodb';

/**
 * What a server answers that can't serve now: no primary, shutting down, too busy; also that it does not know us or lets
 * us do nothing, which is no entry's fault.
 */
const answers = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  13, // Unauthorized
  18, // AuthenticationFailed
  64, // WriteConcernFailed
  89, // NetworkTimeout
  91, // ShutdownInProgress
  134, // ReadConcernMajorityNotAvailableYet
  189, // PrimarySteppedDown
  262, // ExceededTimeLimit
  462, // IngressRequestRateLimitExceeded
  9001, // SocketException
  10058, // NotPrimaryNoSecondaryOk of old servers
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
  14031, // OutOfDiskSpace
]);

/** Whether an error of the driver says that MongoDB is away for now, not that what was asked is bad. */
export function isAway(error: unknown): boolean {
  if (error instanceof MongoServerError && typeof error.code === 'number') return answers.has(error.code);
  if (error instanceof MongoAPIError || error instanceof MongoParseError || error instanceof BSON.BSONError)
    return false;
  if (error instanceof MongoError) return true;
  // The driver passes on some errors as they are: of a deadline, and of the socket, such as EPIPE.
  if ((error as Error | null)?.name === 'TimeoutError') return true;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return typeof code === 'string' && /^E(?!RR_)/.test(code);
}
