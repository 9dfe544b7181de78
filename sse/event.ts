// The wire form of the event stream (https://html.spec.whatwg.org/multipage/server-sent-events.html).
import type { Heard } from './follow-notices.ts';

/** How long a browser waits before it connects again. */
const RECONNECT_MS = 2_000;

const idLine = (position: string | null) => (position ? `id: ${position}\n` : '');

/**
 * First bytes: the headers go out with them, and the browser knows where it starts. One that comes back keeps the
 * position it has, for it still has to hear what it missed.
 */
export const hello = (position: string | null): string =>
  `: hello\nretry: ${RECONNECT_MS}\n${idLine(position)}\n`;

/** Everything up to here was told: an event, for a page that opens a stream anew has to know it, too. */
export const reached = (position: string | null): string =>
  position ? `${idLine(position)}event: position\ndata: {}\n\n` : '\n';

/** Keeps proxies from closing a silent stream, and moves the browser's position on. */
export const ping = (position: string | null): Buffer => Buffer.from(`: ping\n${reached(position)}`);

/** Nothing is heard until a `gap` comes: the page says that what it shows may be old. */
export const away = 'event: away\ndata: {}\n\n';

/** Something was not heard, from here on everything is: the page fetches everything again. */
export const gap = (position: string | null): Buffer =>
  Buffer.from(`event: gap\n${idLine(position)}data: {}\n\n`);

/** What changed, without its audience. */
export function noticeEvent({ id, notice: { audience, ...data } }: Pick<Heard, 'id' | 'notice'>): Buffer {
  return Buffer.from(`event: notice\n${idLine(id)}data: ${JSON.stringify(data)}\n\n`);
}
