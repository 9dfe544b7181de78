// Sign-in from the button to the page, through the route handlers, at two providers: a friendly one with everything
// (oidc-provider) and Ipsilon's stand-in.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readPeople } from '../../demo/provider/people.ts';
import { type Served, serveProvider } from '../../demo/provider/serve.ts';
import { keepDraft, readDraft } from '../../hubs/drafts.ts';
import { findViewer } from '../../hubs/sessions.ts';
import { readSettings, type Settings } from '../../settings/settings.ts';
import { type Ipsilon, openIpsilon } from '../../testing/ipsilon.ts';
import { openTestDatabase, testContext } from '../../testing/stores.ts';
import { openProvider } from '../../upstreams/oidc/open-provider.ts';
import { rememberDraft } from '../forms/draft-cookie.ts';
import type { Stores } from '../stores.ts';
import { GET as callback } from './callback/[provider]/route.ts';
import { POST as link } from './link/route.ts';
import { POST as signOut } from './sign-out/route.ts';
import { POST as start } from './start/route.ts';

const BASE_URL = 'http://localhost:3000';
const { url: databaseUrl, pool, database } = await openTestDatabase();
const client = { id: 'hubs', secret: 'a secret', method: 'post' as const };
const posts: Record<string, (request: Request) => Promise<Response>> = {
  '/auth/start': start,
  '/auth/link': link,
  '/auth/sign-out': signOut,
};

let ipsilon: Ipsilon;
let meadow: Served;
beforeAll(async () => {
  ipsilon = await openIpsilon(client);
  meadow = await serveProvider({
    host: '127.0.0.1',
    port: 0,
    clientId: client.id,
    clientSecret: client.secret,
    baseUrl: BASE_URL,
    people: readPeople('demo/accounts.yaml'),
  });
});
afterAll(async () => {
  await Promise.all([ipsilon.close(), meadow.close()]);
});

let people = 0;
/** Everything as usual before each test, and somebody new at Ipsilon. */
beforeEach(() => {
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
});

/** The web process's stores, with Ipsilon as the accounts system's provider. */
function openHubs(env: Record<string, string> = {}): Settings {
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
  return settings;
}

type Browser = ReturnType<typeof openBrowser>;

/** Keeps Hubs' cookies as a browser does. */
function openBrowser() {
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
async function leadsTo(response: Response): Promise<string> {
  const html = await response.text();
  const address = /content="0;url=([^"]+)"/.exec(html)?.[1] ?? '';
  return address.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

/** Through Ipsilon, which asks nothing; the address it sends the browser back to. */
async function goThroughIpsilon(address: string): Promise<string> {
  const response = await fetch(address, { redirect: 'manual' });
  return response.headers.get('location') ?? '';
}

/** Through the friendly provider's page, as the person. */
async function goThroughMeadow(address: string, username: string): Promise<string> {
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
async function signIn(browser: Browser, fields: Record<string, string> = {}): Promise<Response> {
  const address = await leadsTo(await browser.post('/auth/start', { provider: 'fedora', ...fields }));
  return browser.get(await goThroughIpsilon(address));
}

const viewerOf = (browser: Browser) =>
  findViewer(database, browser.session(), { SESSION_IDLE_MS: 60_000, SESSION_MAX_MS: 60_000 });

/** The sentence that a sign-in ended with, and that nobody is signed in. */
async function problemOf(response: Response): Promise<string> {
  const page = new URL(response.headers.get('location') ?? '', BASE_URL);
  const draft = await readDraft(database, page.searchParams.get('draft') ?? '', null);
  expect(page.pathname).toBe('/sign-in');
  expect(response.headers.getSetCookie().join()).not.toMatch(/(^|,)hubs=/);
  return draft?.errors[''] ?? '';
}

test('the way through Ipsilon ends signed in, on the page where it began', async () => {
  const browser = openBrowser();
  const response = await signIn(browser, { to: '/t/design?tab=people' });
  expect([response.status, response.headers.get('location')]).toEqual([303, '/t/design?tab=people']);
  expect(response.headers.getSetCookie()[0]).toMatch(
    /^hubs=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/,
  );
  expect([...browser.jar.keys()]).toEqual(['hubs']);
  const username = `ralph${people}`;
  expect(await viewerOf(browser)).toMatchObject({
    person: { username, fullName: 'Ralph Bean' },
    siteAdmin: false,
  });
  expect(await database.identity.findFirst({ where: { subject: username } })).toMatchObject({
    issuer: ipsilon.issuer,
  });
  const [query] = ipsilon.asked;
  expect(query?.get('scope')).toBe('openid profile https://id.fedoraproject.org/scope/groups');
  expect(query?.has('code_challenge')).toBe(false);
  expect(query?.get('redirect_uri')).toBe('http://localhost:3000/auth/callback/fedora');
});

test('the way through a provider with everything uses PKCE, and its groups are no site admins', async () => {
  openHubs({ SITE_ADMIN_GROUPS: 'docs' });
  const browser = openBrowser();
  const address = await leadsTo(await browser.post('/auth/start', { provider: 'meadow', to: '/u/hana' }));
  expect(new URL(address).searchParams.get('code_challenge_method')).toBe('S256');
  expect(new URL(address).searchParams.get('scope')).toBe('openid profile groups');
  const response = await browser.get(await goThroughMeadow(address, 'hana'));
  expect(response.headers.get('location')).toBe('/u/hana');
  expect(await viewerOf(browser)).toMatchObject({ person: { username: 'hana' }, siteAdmin: false });
});

test('groups of the first provider make a site admin', async () => {
  const browser = openBrowser();
  ipsilon.user.groups = ['packager', 'sysadmin-hubs'];
  await signIn(browser);
  expect((await viewerOf(browser))?.siteAdmin).toBe(true);
});

test('over https all cookies are bound to the host', async () => {
  openHubs({
    BASE_URL: 'https://hubs.example.org',
    OIDC_PROVIDERS: 'elsewhere',
    OIDC_ELSEWHERE_ISSUER: 'https://id.example.org',
    OIDC_ELSEWHERE_CLIENT_ID: 'x',
    OIDC_ELSEWHERE_CLIENT_SECRET: 'x',
  });
  const browser = openBrowser();
  const response = await browser.post('/auth/sign-out');
  expect(response.headers.getSetCookie()).toEqual([
    '__Host-hubs=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure',
  ]);
});

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  '/\n/evil.example',
  '',
])('nobody is sent to %j afterwards', async (to) => {
  expect((await signIn(openBrowser(), { to })).headers.get('location')).toBe('/');
});

test('an answer with a state of nobody’s, or of another browser’s, signs nobody in', async () => {
  const [mine, theirs] = [openBrowser(), openBrowser()];
  const address = await leadsTo(await theirs.post('/auth/start', { provider: 'fedora' }));
  const answer = await goThroughIpsilon(address);
  expect(await problemOf(await mine.get(answer))).toContain('was not begun in this browser');
  const other = new URL(answer);
  other.searchParams.set('state', `${other.searchParams.get('state')?.slice(0, 16)}x`);
  expect(await problemOf(await theirs.get(other.href))).toContain('belongs to another sign-in');
});

test('an answer counts once, and a code counts once', async () => {
  const browser = openBrowser();
  const address = await leadsTo(await browser.post('/auth/start', { provider: 'fedora' }));
  const answer = await goThroughIpsilon(address);
  const before = new Map(browser.jar);
  await browser.get(answer);
  const token = browser.session();
  expect((await browser.get(answer)).headers.get('location')).toBe('/');
  expect(browser.session()).toBe(token);
  // A thief with the cookies of the flow: the provider says no, with status 200.
  const thief = openBrowser();
  for (const [name, value] of before) thief.jar.set(name, value);
  expect(await problemOf(await thief.get(answer))).toContain('was used already or took too long');
});

test('two tabs sign in apart', async () => {
  const browser = openBrowser();
  const first = await leadsTo(await browser.post('/auth/start', { provider: 'fedora', to: '/t/one' }));
  const second = await leadsTo(await browser.post('/auth/start', { provider: 'fedora', to: '/t/two' }));
  expect((await browser.get(await goThroughIpsilon(second))).headers.get('location')).toBe('/t/two');
  expect((await browser.get(await goThroughIpsilon(first))).headers.get('location')).toBe('/t/one');
  for (let tab = 0; tab < 20; tab++) await browser.post('/auth/start', { provider: 'fedora' });
  expect(browser.jar.size).toBeLessThan(9);
});

test.each<[string, Record<string, unknown>, string]>([
  ['another nonce', { nonce: 'another' }, 'belongs to another sign-in'],
  ['no nonce', { nonce: undefined }, 'can’t trust or read'],
  ['another issuer', { iss: 'https://evil.example/' }, 'can’t trust or read (iss)'],
  ['the issuer without its slash', { iss: 'chopped' }, 'can’t trust or read (iss)'],
  ['another audience', { aud: 'somebody' }, 'can’t trust or read (aud)'],
  ['an end in the past', { exp: 1_000 }, 'clocks of Fedora and this site differ'],
  ['no subject', { sub: undefined }, 'can’t trust or read'],
])('an ID token with %s is refused', async (_, changes, sentence) => {
  ipsilon.tamper = (claims) => {
    const iss = changes.iss === 'chopped' ? ipsilon.issuer.replace(/\/$/, '') : (changes.iss ?? claims.iss);
    return { ...claims, ...changes, iss };
  };
  expect(await problemOf(await signIn(openBrowser()))).toContain(sentence);
});

test('an ID token that another key signed is refused', async () => {
  ipsilon.forges = true;
  expect(await problemOf(await signIn(openBrowser()))).toContain('can’t trust or read');
});

test('UserInfo must speak of the same person', async () => {
  ipsilon.tamperUserInfo = (claims) => ({ ...claims, sub: 'somebody else', nickname: 'root' });
  expect(await problemOf(await signIn(openBrowser()))).toContain('can’t trust or read (sub)');
  ipsilon.tamperUserInfo = ({ sub: _, ...claims }) => claims;
  expect(await problemOf(await signIn(openBrowser()))).toContain('can’t trust or read');
  ipsilon.tamperUserInfo = () => ({ error: 'invalid_token' });
  expect(await problemOf(await signIn(openBrowser()))).toContain('Fedora answered with an error of its own');
});

test('claims that are absent or of the wrong kind are told apart', async () => {
  const browser = openBrowser();
  const { sub } = ipsilon.user;
  ipsilon.user = { sub, preferred_username: `${sub}-preferred`, name: null, groups: { a: 1 } };
  await signIn(browser);
  expect((await viewerOf(browser))?.person).toMatchObject({ username: `${sub}-preferred`, fullName: '' });
  for (const user of [{}, { nickname: '' }, { nickname: 7 }, { nickname: null, preferred_username: ['x'] }]) {
    ipsilon.user = { sub: `${sub}-nameless`, ...user };
    expect(await problemOf(await signIn(openBrowser()))).toContain(
      'did not tell your user name (neither nickname',
    );
  }
  ipsilon.user = { sub: `${sub}-odd`, nickname: 'a b' };
  expect(await problemOf(await signIn(openBrowser()))).toContain('is not a user name');
});

test('a refusal at the provider is said in words', async () => {
  ipsilon.refusal = 'access_denied';
  expect(await problemOf(await signIn(openBrowser()))).toBe(
    'Fedora did not sign you in: it was cancelled or refused there.',
  );
  ipsilon.refusal = '<b>server error</b>';
  expect(await problemOf(await signIn(openBrowser()))).toContain('(no reason given)');
});

test('a provider that is away is said in words, and asked again at the next try', async () => {
  ipsilon.isAway = true;
  const browser = openBrowser();
  const response = await browser.post('/auth/start', { provider: 'fedora', to: '/t/design', draft: 'abc' });
  const page = new URL(response.headers.get('location') ?? '', BASE_URL);
  const given = await readDraft(database, page.searchParams.get('draft') ?? '', null);
  expect(given).toMatchObject({ action: '/auth/start', fields: { to: '/t/design', draft: 'abc' } });
  expect(await problemOf(response)).toContain('Fedora answered with an error of its own');
  ipsilon.isAway = false;
  expect((await signIn(browser)).headers.get('location')).toBe('/');
  openHubs({ OIDC_FEDORA_ISSUER: 'http://127.0.0.1:1/openidc/' });
  expect(await problemOf(await browser.post('/auth/start', { provider: 'fedora' }))).toContain(
    '127.0.0.1:1 can’t be reached',
  );
});

test('the issuer must be exactly the provider’s own, and so must the secret', async () => {
  openHubs({ OIDC_FEDORA_ISSUER: ipsilon.issuer.replace(/\/$/, '') });
  const refused = await openBrowser().post('/auth/start', { provider: 'fedora' });
  expect(await problemOf(refused)).toContain('OIDC_FEDORA_ISSUER must be exactly the issuer');
  openHubs({ OIDC_FEDORA_CLIENT_SECRET: 'wrong' });
  expect(await problemOf(await signIn(openBrowser()))).toContain(
    'OIDC_FEDORA_CLIENT_ID, _CLIENT_SECRET or _TOKEN_AUTH',
  );
  openHubs({ OIDC_FEDORA_TOKEN_AUTH: 'basic' });
  expect(await problemOf(await signIn(openBrowser()))).toContain('does not accept this site');
});

test('a client that is registered for client_secret_basic is set so', async () => {
  const strict = await openIpsilon({ ...client, method: 'basic' });
  try {
    openHubs({ OIDC_FEDORA_ISSUER: strict.issuer, OIDC_FEDORA_TOKEN_AUTH: 'basic' });
    strict.user = { sub: 'basic', nickname: 'basic' };
    const browser = openBrowser();
    await signIn(browser);
    expect((await viewerOf(browser))?.person.username).toBe('basic');
  } finally {
    await strict.close();
  }
});

test('a banned person is told so, and a name that another account holds', async () => {
  const browser = openBrowser();
  await signIn(browser);
  const name = String(ipsilon.user.nickname);
  ipsilon.user = { ...ipsilon.user, sub: 'another subject' };
  expect(await problemOf(await signIn(openBrowser()))).toContain(
    `The name ${name} belongs to another account of Fedora`,
  );
  ipsilon.user = { ...ipsilon.user, sub: name };
  await database.person.update({ where: { username: name }, data: { bannedAt: new Date() } });
  expect(await viewerOf(browser)).toBeNull();
  expect(await problemOf(await signIn(openBrowser()))).toContain('closed your account');
});

test('signing in again gives a new session and ends the one before: a planted cookie opens nothing', async () => {
  const browser = openBrowser();
  browser.jar.set('hubs', 'planted-by-somebody');
  await signIn(browser);
  const first = browser.session();
  expect(first).not.toBe('planted-by-somebody');
  await signIn(browser);
  const ends = { SESSION_IDLE_MS: 60_000, SESSION_MAX_MS: 60_000 };
  expect(await findViewer(database, first, ends)).toBeNull();
  expect(await viewerOf(browser)).not.toBeNull();
});

test('who is signed in links a second account, and both lead to the same person', async () => {
  const browser = openBrowser();
  await signIn(browser);
  const mine = await viewerOf(browser);
  const address = await leadsTo(await browser.post('/auth/link', { provider: 'meadow' }));
  const response = await browser.get(await goThroughMeadow(address, 'quentin'));
  expect(response.headers.get('location')).toBe('/settings/accounts');
  expect((await viewerOf(browser))?.session).toBe(mine?.session);
  const other = openBrowser();
  const again = await leadsTo(await other.post('/auth/start', { provider: 'meadow' }));
  await other.get(await goThroughMeadow(again, 'quentin'));
  expect((await viewerOf(other))?.person.id).toBe(mine?.person.id);
});

test('an account of somebody else is not linked, nor one for somebody who has signed out', async () => {
  const owner = openBrowser();
  const address = await leadsTo(await owner.post('/auth/start', { provider: 'meadow' }));
  await owner.get(await goThroughMeadow(address, 'yuto'));

  const browser = openBrowser();
  await signIn(browser);
  const mine = await viewerOf(browser);
  const linking = await leadsTo(await browser.post('/auth/link', { provider: 'meadow' }));
  const refused = await browser.get(await goThroughMeadow(linking, 'yuto'));
  const page = new URL(refused.headers.get('location') ?? '', BASE_URL);
  expect(page.pathname).toBe('/settings/accounts');
  const given = await readDraft(database, page.searchParams.get('draft') ?? '', mine?.person.id ?? 0);
  expect(given?.errors['']).toContain('That account signs in yuto here');

  const late = await leadsTo(await browser.post('/auth/link', { provider: 'meadow' }));
  await browser.post('/auth/sign-out');
  expect(await problemOf(await browser.get(await goThroughMeadow(late, 'tomas')))).toContain(
    'signed out meanwhile',
  );
  expect(await database.identity.count({ where: { subject: 'tomas' } })).toBe(0);
  expect((await browser.post('/auth/link', { provider: 'meadow' })).headers.get('location')).toBe(
    '/sign-in?to=/settings/accounts',
  );
});

test('signing out ends the session here, and at a provider that can be asked to', async () => {
  const browser = openBrowser();
  await signIn(browser);
  const token = browser.session();
  const out = await browser.post('/auth/sign-out');
  expect([out.status, out.headers.get('location'), browser.session()]).toEqual([303, '/', '']);
  expect(await findViewer(database, token, { SESSION_IDLE_MS: 60_000, SESSION_MAX_MS: 60_000 })).toBeNull();

  const address = await leadsTo(await browser.post('/auth/start', { provider: 'meadow' }));
  await browser.get(await goThroughMeadow(address, 'rosa'));
  const there = new URL(await leadsTo(await browser.post('/auth/sign-out')));
  expect(there.origin).toBe(meadow.issuer);
  expect(there.searchParams.get('post_logout_redirect_uri')).toBe('http://localhost:3000/');
  expect(browser.jar.size).toBe(0);
});

test('what another site posts is not done', async () => {
  const browser = openBrowser();
  await signIn(browser);
  for (const path of Object.keys(posts)) {
    const response = await browser.post(path, { provider: 'fedora' }, { 'sec-fetch-site': 'cross-site' });
    expect([path, response.status]).toEqual([path, 403]);
  }
  expect(await viewerOf(browser)).not.toBeNull();
});

test('what was typed before stands in its form, in the browser where it was typed and in no other', async () => {
  const keep = () =>
    keepDraft(database, null, {
      action: '/api/somewhere',
      page: '/t/design?tab=join',
      fields: { text: 'Let me in' },
      errors: {},
    });
  const [browser, stranger] = [openBrowser(), openBrowser()];
  const draft = await keep();
  const response = new Response();
  response.headers.append('set-cookie', rememberDraft(new Request(BASE_URL), BASE_URL, draft));
  browser.keep(response);
  expect((await signIn(stranger, { to: '/t/design', draft })).headers.get('location')).toBe('/t/design');
  expect((await signIn(browser, { to: '/', draft })).headers.get('location')).toBe(
    `/t/design?tab=join&draft=${draft}`,
  );
  const viewer = await viewerOf(browser);
  expect(await readDraft(database, draft, viewer?.person.id ?? 0)).toMatchObject({
    fields: { text: 'Let me in' },
  });
});

test('a provider that is none is not gone to', async () => {
  const browser = openBrowser();
  expect(await problemOf(await browser.post('/auth/start', { provider: 'nobody' }))).toContain(
    'Choose one of the places',
  );
  expect((await browser.get(`${BASE_URL}/auth/callback/nobody?state=x`)).status).toBe(404);
});
