// Whose session it is: accounts that are banned, linked, signed in again and signed out.
import { afterAll, beforeEach, expect, test } from 'vitest';
import { readDraft } from '../../hubs/drafts.ts';
import {
  BASE_URL,
  goThroughMeadow,
  leadsTo,
  openBrowser,
  openSignInStage,
  signIn,
} from '../../testing/sign-in-stage.ts';

const stage = await openSignInStage();
const { database, ipsilon, meadow, viewerOf, viewerBy, problemOf } = stage;
beforeEach(stage.reset);
afterAll(stage.close);

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
  expect(await viewerBy(first)).toBeNull();
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
  expect(await viewerBy(token)).toBeNull();

  const address = await leadsTo(await browser.post('/auth/start', { provider: 'meadow' }));
  await browser.get(await goThroughMeadow(address, 'rosa'));
  const there = new URL(await leadsTo(await browser.post('/auth/sign-out')));
  expect(there.origin).toBe(meadow.issuer);
  expect(there.searchParams.get('post_logout_redirect_uri')).toBe('http://localhost:3000/');
  expect(browser.jar.size).toBe(0);
});
