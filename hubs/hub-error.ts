const statuses = { not_allowed: 403, not_found: 404, conflict: 409, invalid: 422 } as const;
export type HubErrorCode = keyof typeof statuses;

/** What was asked of Hubs is refused; the message names field, reason and remedy for people. */
export class HubError extends Error {
  readonly code: HubErrorCode;
  /** The form field it is about; empty for the form as a whole. */
  readonly field: string;
  constructor(
    sentence: string,
    { code = 'invalid', field = '' }: { code?: HubErrorCode; field?: string } = {},
  ) {
    super(sentence);
    this.name = 'HubError';
    this.code = code;
    this.field = field;
  }
  get status(): number {
    return statuses[this.code];
  }
}
