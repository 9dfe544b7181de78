/** What came over the bus is no message; `reason` completes the sentence "the message …". */
export class BadMessage extends Error {
  readonly reason: string;
  constructor(reason: string, options?: ErrorOptions) {
    super(`The message ${reason}`, options);
    this.name = 'BadMessage';
    this.reason = reason;
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
