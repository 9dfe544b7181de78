// Which visitors' drafts were made in this browser: only those are finished when somebody signs in here. Whoever
// follows a link with another person's draft finishes nothing.
import { nameCookie, readCookies, setCookie } from '../cookies.ts';

const KEPT = 5;
const HOUR_S = 3_600;

const nameOf = (baseUrl: string) => nameCookie(baseUrl, 'drafts');

const readIds = (request: Request, baseUrl: string): string[] =>
  readCookies(request).get(nameOf(baseUrl))?.split('.').filter(Boolean) ?? [];

/** The header that adds the draft; the newest few are kept. */
export const rememberDraft = (request: Request, baseUrl: string, id: string): string =>
  setCookie(baseUrl, nameOf(baseUrl), [id, ...readIds(request, baseUrl)].slice(0, KEPT).join('.'), HOUR_S);

export const isDraftOfBrowser = (request: Request, baseUrl: string, id: string): boolean =>
  readIds(request, baseUrl).includes(id);
