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

/** Real messages have a dozen levels; V8 writes no JSON of some thousands, nor do the rules follow. */
const DEEPEST = 200;

/** @throws {BadMessage} when the JSON value has more levels than any real message */
export function demandShallow(value: unknown, depth = 0): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth === DEEPEST) throw new BadMessage(`is nested more than ${DEEPEST} levels deep`);
  for (const one of Object.values(value)) demandShallow(one, depth + 1);
}
