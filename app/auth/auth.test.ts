// Sign-in from the button to the page.
import { afterAll, beforeEach, expect, test } from 'vitest';
import { keepDraft, readDraft } from '../../hubs/drafts.ts';
import {
  BASE_URL,
  goThroughIpsilon,
  goThroughMeadow,
  leadsTo,
  openBrowser,
  openSignInStage,
  posts,
  signIn,
} from '../../testing/sign-in-stage.ts';
import { rememberDraft } from '../forms/draft-cookie.ts';

const stage = await openSignInStage();
const { database, ipsilon, openHubs, viewerOf, problemOf } = stage;
beforeEach(stage.reset);
afterAll(stage.close);

test('the way through Ipsilon ends signed in, on the page where it began', async () => {
  const browser = openBrowser();
  const response = await signIn(browser, { to: '/t/design?tab=people' });
  expect([response.status, response.headers.get('location')]).toEqual([303, '/t/design?tab=people']);
  expect(response.headers.getSetCookie()[0]).toMatch(
    /^hubs=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/,
  );
  expect([...browser.jar.keys()]).toEqual(['hubs']);
  const username = String(ipsilon.user.nickname);
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

test('two tabs sign in apart', async () => {
  const browser = openBrowser();
  const first = await leadsTo(await browser.post('/auth/start', { provider: 'fedora', to: '/t/one' }));
  const second = await leadsTo(await browser.post('/auth/start', { provider: 'fedora', to: '/t/two' }));
  expect((await browser.get(await goThroughIpsilon(second))).headers.get('location')).toBe('/t/two');
  expect((await browser.get(await goThroughIpsilon(first))).headers.get('location')).toBe('/t/one');
  for (let tab = 0; tab < 20; tab++) await browser.post('/auth/start', { provider: 'fedora' });
  expect(browser.jar.size).toBeLessThan(9);
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

test('a provider that is none is not gone to', async () => {
  const browser = openBrowser();
  expect(await problemOf(await browser.post('/auth/start', { provider: 'nobody' }))).toContain(
    'Choose one of the places',
  );
  expect((await browser.get(`${BASE_URL}/auth/callback/nobody?state=x`)).status).toBe(404);
});
