// What may keep an output on its way: anybody for a minute what everybody may read, nobody anything else.
import { createHash } from 'node:crypto';

/** What is for this reader alone: no cache keeps it, no site it links to learns its address, no search finds it. */
const closed = {
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
  vary: 'Cookie',
};

/** Whoever carries a cookie may be somebody: their answer is never taken from a visitor's. */
const open = {
  'cache-control': 'public, max-age=60',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'access-control-allow-origin': '*',
  vary: 'Cookie',
};

interface Answer {
  body: string;
  /** The media type; the text is UTF-8. */
  type: string;
  /** Other headers of it. */
  headers?: Record<string, string>;
}

/**
 * Sends an output.
 * @param isOpen whether it was made for a visitor: then caches may keep it, and who has it already gets 304
 */
export function answer(request: Request, { body, type, headers = {} }: Answer, isOpen: boolean): Response {
  const all = { 'content-type': `${type}; charset=utf-8`, ...headers };
  if (!isOpen) return new Response(body, { headers: { ...all, ...closed } });
  const etag = etagOf(body);
  if (hasAlready(request, etag))
    return new Response(null, { status: 304, headers: { ...headers, ...open, etag } });
  return new Response(body, { headers: { ...all, ...open, etag } });
}

/** A sentence instead of the output. */
export const refuse = (status: number, sentence: string, headers: Record<string, string> = {}): Response =>
  new Response(`${sentence}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...closed, ...headers },
  });

/** Weak: a proxy that compresses changes bytes, not content. */
const etagOf = (body: string): string =>
  `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;

/** RFC 9110, 13.1.2: compared without regard to weakness. */
function hasAlready(request: Request, etag: string): boolean {
  const asked = request.headers.get('if-none-match');
  if (asked === null) return false;
  const plain = (tag: string) => tag.trim().replace(/^W\//, '');
  return asked.trim() === '*' || asked.split(',').some((tag) => plain(tag) === plain(etag));
}
