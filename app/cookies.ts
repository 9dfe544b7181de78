// Cookies of Hubs: never for scripts, never from other sites' forms, bound to this host over https.
import { cookieName } from '../hubs/sessions.ts';

export function readCookies(request: Request): Map<string, string> {
  const header = request.headers.get('cookie') ?? '';
  return new Map(
    header.split(';').flatMap((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const];
    }),
  );
}

/** The session's cookie, or with a suffix another one of Hubs. */
export const nameCookie = (baseUrl: string, suffix = ''): string =>
  suffix ? `${cookieName(baseUrl)}-${suffix}` : cookieName(baseUrl);

/** A `Set-Cookie` header; 0 seconds take the cookie away. */
export const setCookie = (baseUrl: string, name: string, value: string, seconds: number): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${baseUrl.startsWith('https:') ? '; Secure' : ''}`;
