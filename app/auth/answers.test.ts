// What a provider may answer, and whose answer counts.
import { afterAll, beforeEach, expect, test } from 'vitest';
import { readDraft } from '../../hubs/drafts.ts';
import { openIpsilon } from '../../testing/ipsilon.ts';
import {
  BASE_URL,
  client,
  goThroughIpsilon,
  leadsTo,
  openBrowser,
  openSignInStage,
  signIn,
} from '../../testing/sign-in-stage.ts';

const stage = await openSignInStage();
const { database, ipsilon, openHubs, viewerOf, problemOf } = stage;
beforeEach(stage.reset);
afterAll(stage.close);

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
