/** An outside service did not give what was asked; the message is a sentence for people. */
export class UpstreamError extends Error {
  /** Whether another try can help. */
  readonly retry: boolean;
  /** How long the service asked to be left alone. */
  readonly retryAfterMs: number | undefined;
  /** The HTTP status, where it answered at all. */
  readonly status: number | undefined;
  constructor(
    sentence: string,
    options: { retry: boolean; retryAfterMs?: number | undefined; status?: number; cause?: unknown },
  ) {
    super(sentence, { cause: options.cause });
    this.name = 'UpstreamError';
    this.retry = options.retry;
    this.retryAfterMs = options.retryAfterMs;
    this.status = options.status;
  }
}

/** The service says that what was asked for is as it was known (304). */
export class Unchanged extends Error {
  constructor() {
    super('unchanged');
    this.name = 'Unchanged';
  }
}
