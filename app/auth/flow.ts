// A sign-in that is under way, kept in a cookie of its own: each tab has one, and nobody else's browser can end it.
import { z } from 'zod';
import { nameCookie, readCookies, setCookie } from '../cookies.ts';

const schema = z.object({
  provider: z.string(),
  secrets: z.object({ state: z.string(), nonce: z.string(), verifier: z.string().optional() }),
  /** The page to come back to. */
  to: z.string(),
  /** What was pressed or typed before (hubs/drafts.ts). */
  draft: z.string().nullable(),
  /** The session that another account is linked from; null for a sign-in. */
  link: z.number().nullable(),
});

export type Flow = z.output<typeof schema>;

const MINUTES = 10;
/** More than these at once are abandoned ones; browsers send all of them with each request. */
const KEPT = 6;

const prefixOf = (baseUrl: string) => nameCookie(baseUrl, 'in-');
const nameOf = (baseUrl: string, state: string) => `${prefixOf(baseUrl)}${state.slice(0, 16)}`;

/** The `Set-Cookie` headers that keep the flow, and drop others where there are too many. */
export function keepFlow(request: Request, baseUrl: string, flow: Flow): string[] {
  const value = Buffer.from(JSON.stringify(flow)).toString('base64url');
  const others = [...readCookies(request).keys()].filter((name) => name.startsWith(prefixOf(baseUrl)));
  const excess = others.length >= KEPT ? others : [];
  return [
    ...excess.map((name) => setCookie(baseUrl, name, '', 0)),
    setCookie(baseUrl, nameOf(baseUrl, flow.secrets.state), value, MINUTES * 60),
  ];
}

/** The flow that this answer's state belongs to, in this browser; null where there is none (any more). */
export function readFlow(request: Request, baseUrl: string, state: string): Flow | null {
  const value = readCookies(request).get(nameOf(baseUrl, state));
  if (!value) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(value, 'base64url').toString()));
  } catch {
    return null; // Not written by Hubs: as good as none.
  }
}

/** An answer ends its flow, whatever comes of it. */
export const dropFlow = (baseUrl: string, state: string): string =>
  setCookie(baseUrl, nameOf(baseUrl, state), '', 0);
