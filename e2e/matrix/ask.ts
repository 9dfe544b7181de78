// One cell of the matrix: a request as a browser sends it, and what came back in the words of tables.ts.
import { cookieName } from '../../hubs/sessions.ts';

export interface Asked {
  method: string;
  path: string;
  /** The session's secret; undefined: a visitor. */
  token: string | undefined;
  body?: Record<string, unknown> | undefined;
  asForm?: boolean | undefined;
}

export interface Answer {
  status: number;
  location: string;
  body: string;
}

export async function ask(baseUrl: string, { method, path, token, body, asForm }: Asked): Promise<Answer> {
  const accept = asForm || method === 'GET' ? 'text/html' : 'application/json';
  const response = await fetch(new URL(path, baseUrl), {
    method,
    redirect: 'manual',
    headers: {
      accept,
      ...(token ? { cookie: `${cookieName(baseUrl)}=${token}` } : {}),
      ...(body && !asForm ? { 'content-type': 'application/json' } : {}),
    },
    ...(body
      ? { body: asForm ? new URLSearchParams(body as Record<string, string>) : JSON.stringify(body) }
      : {}),
  });
  const location = response.headers.get('location') ?? '';
  return { status: response.status, location: location.replace(baseUrl, ''), body: await response.text() };
}

/** `/t/[name]/join` with the values in their places. */
export const fillIn = (route: string, values: Record<string, string | number>): string =>
  route.replace(/\[(\w+)\]/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`What is ${whole} of ${route}? Say it in the line's \`with\`.`);
    return encodeURIComponent(value);
  });

/** How the answer is called in a table: `sign-in`, `on`, or the status. */
export function nameAnswer({ status, location }: Answer): string {
  if (status < 300 || status >= 400) return String(status);
  return location.startsWith('/sign-in') ? 'sign-in' : 'on';
}
