// Where somebody signs in: the route handlers of app/auth, between a browser and two providers: a friendly one with
// everything (oidc-provider) and Ipsilon's stand-in.
import { expect } from 'vitest';
import { GET as callback } from '../app/auth/callback/[provider]/route.ts';
import { POST as link } from '../app/auth/link/route.ts';
import { POST as signOut } from '../app/auth/sign-out/route.ts';
import { POST as start } from '../app/auth/start/route.ts';
import type { Stores } from '../app/stores.ts';
import { readPeople } from '../demo/provider/people.ts';
import { serveProvider } from '../demo/provider/serve.ts';
import { readDraft } from '../hubs/drafts.ts';
import { findViewer } from '../hubs/sessions.ts';
import { readSettings } from '../settings/settings.ts';
import { openProvider } from '../upstreams/oidc/open-provider.ts';
import { openIpsilon } from './ipsilon.ts';
import { openTestDatabase, testContext } from './stores.ts';

export const BASE_URL = 'http://localhost:3000';
/** How Hubs is registered at both providers. */
export const client = { id: 'hubs', secret: 'a secret', method: 'post' as const };
export const posts: Record<string, (request: Request) => Promise<Response>> = {
  '/auth/start': start,
  '/auth/link': link,
  '/auth/sign-out': signOut,
};

type Browser = ReturnType<typeof openBrowser>;

/** Keeps Hubs' cookies as a browser does. */
export function openBrowser() {
  const jar = new Map<string, string>();
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/Max-Age=0\b/.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  const headers = () => ({
    cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
    'user-agent': 'Firefox',
    'sec-fetch-site': 'same-origin',
  });
  return {
    jar,
    keep,
    async post(path: string, fields: Record<string, string> = {}, more: Record<string, string> = {}) {
      const post = posts[path];
      if (!post) throw new Error(`nothing is posted to ${path}`);
      const init = { method: 'POST', headers: { ...headers(), ...more }, body: new URLSearchParams(fields) };
      return keep(await post(new Request(`${BASE_URL}${path}`, init)));
    },
    /** Comes back from a provider. */
    async get(address: string) {
      const provider = new URL(address).pathname.split('/').at(-1) ?? '';
      const request = new Request(address, { headers: headers() });
      return keep(await callback(request, { params: Promise.resolve({ provider }) }));
    },
    session: () => jar.get('hubs') ?? '',
  };
}

/** Where a page that leaves Hubs leads. */
export async function leadsTo(response: Response): Promise<string> {
  const html = await response.text();
  const address = /content="0;url=([^"]+)"/.exec(html)?.[1] ?? '';
  return address.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

/** Through Ipsilon, which asks nothing; the address it sends the browser back to. */
export async function goThroughIpsilon(address: string): Promise<string> {
  const response = await fetch(address, { redirect: 'manual' });
  return response.headers.get('location') ?? '';
}

/** Through the friendly provider's page, as the person. */
export async function goThroughMeadow(address: string, username: string): Promise<string> {
  const cookies = new Map<string, string>();
  let [next, init]: [string, RequestInit] = [address, {}];
  while (!next.startsWith(`${BASE_URL}/`)) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(next, { ...init, redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    init = location ? {} : { method: 'POST', body: new URLSearchParams({ username }) };
    next = location ? new URL(location, next).href : next;
    if (response.status >= 400) throw new Error(await response.text());
  }
  return next;
}

/** The whole way at Ipsilon. @returns Hubs' last answer */
export async function signIn(browser: Browser, fields: Record<string, string> = {}): Promise<Response> {
  const address = await leadsTo(await browser.post('/auth/start', { provider: 'fedora', ...fields }));
  return browser.get(await goThroughIpsilon(address));
}

/** The two providers, and a database of its own. */
export async function openSignInStage() {
  const { url: databaseUrl, pool, database } = await openTestDatabase();
  const [ipsilon, meadow] = await Promise.all([
    openIpsilon(client),
    serveProvider({
      host: '127.0.0.1',
      port: 0,
      clientId: client.id,
      clientSecret: client.secret,
      baseUrl: BASE_URL,
      people: readPeople('demo/accounts.yaml'),
    }),
  ]);
  let people = 0;

  /** The web process's stores, with Ipsilon as the accounts system's provider. */
  const openHubs = (env: Record<string, string> = {}) => {
    const { log } = testContext({ databaseUrl, redisUrl: 'redis://none' });
    const settings = readSettings({
      DATABASE_URL: databaseUrl,
      REDIS_URL: 'redis://none',
      BASE_URL,
      OIDC_PROVIDERS: 'fedora,meadow',
      OIDC_FEDORA_ISSUER: ipsilon.issuer,
      OIDC_FEDORA_CLIENT_ID: client.id,
      OIDC_FEDORA_CLIENT_SECRET: client.secret,
      OIDC_FEDORA_LABEL: 'Fedora',
      OIDC_MEADOW_ISSUER: meadow.issuer,
      OIDC_MEADOW_CLIENT_ID: client.id,
      OIDC_MEADOW_CLIENT_SECRET: client.secret,
      OIDC_MEADOW_LABEL: 'Meadow',
      SITE_ADMIN_GROUPS: 'sysadmin-hubs',
      ...env,
    });
    const providers = settings.providers.map(openProvider);
    globalThis.hubsStores = { settings, log, pool, database, providers } as Stores;
  };

  /** @param token that of a session */
  const viewerBy = (token: string) =>
    findViewer(database, token, { SESSION_IDLE_MS: 60_000, SESSION_MAX_MS: 60_000 });

  return {
    ...{ database, ipsilon, meadow, openHubs, viewerBy },
    /** Everything as usual, and somebody new at Ipsilon. */
    reset() {
      openHubs();
      const name = `ralph${++people}`;
      Object.assign(ipsilon, { refusal: null, forges: false, isAway: false, asked: [] });
      ipsilon.tamper = (claims) => claims;
      ipsilon.tamperUserInfo = (claims) => claims;
      ipsilon.user = {
        sub: name,
        nickname: name,
        preferred_username: name,
        name: 'Ralph Bean',
        groups: ['packager'],
      };
    },
    viewerOf: (browser: Browser) => viewerBy(browser.session()),
    /** The sentence that a sign-in ended with, and that nobody is signed in. */
    async problemOf(response: Response): Promise<string> {
      const page = new URL(response.headers.get('location') ?? '', BASE_URL);
      const draft = await readDraft(database, page.searchParams.get('draft') ?? '', null);
      expect(page.pathname).toBe('/sign-in');
      expect(response.headers.getSetCookie().join()).not.toMatch(/(^|,)hubs=/);
      return draft?.errors[''] ?? '';
    },
    async close() {
      await Promise.all([ipsilon.close(), meadow.close()]);
    },
  };
}
