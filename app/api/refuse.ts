/** Nothing the API answers may be kept by anybody in between. */
export const headers = { 'cache-control': 'private, no-store' };

type ErrorCode = 'not_an_id' | 'not_found' | 'unavailable';

/** Every refusal has this form: `{ error: { code, message, field? } }`. */
export const refuse = (status: number, code: ErrorCode, message: string, field?: string): Response =>
  Response.json({ error: { code, message, ...(field ? { field } : {}) } }, { status, headers });
