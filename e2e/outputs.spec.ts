import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import type pg from 'pg';
import { cookieName } from '../hubs/sessions.ts';
import { findOnPath } from '../local/find-on-path.ts';
import { makeEnvelope } from '../testing/publisher.ts';
import { skipWithout } from '../testing/skips.ts';
import { expectFine } from './expect-fine.ts';
import { issueOpened } from './messages.ts';
import { startNginx } from './nginx.ts';
import { entry, expectNoReload, openLive } from './open-live.ts';
import { openSession } from './open-session.ts';
import { root } from './processes.ts';
import { expect, test } from './stack.ts';

const HOUR = 3_600_000;

/** The address of the link that was just made. */
async function readAddress(page: Page, file: string): Promise<string> {
  const address = page.locator('code', { hasText: file });
  await expect(address).toBeVisible();
  return address.innerText();
}

test('feeds are found from the page; Atom is as RFC 4287 has it', async ({ page, bus, folder, hubs }) => {
  const xmllint = findOnPath('xmllint');
  test.skip(...skipWithout('xmllint'));
  await openLive(page, '/t/garden');
  await bus.publish(issueOpened('garden', { title: 'Weeds <everywhere> & "more"' }));
  await expect(entry(page, 'Weeds')).toBeVisible();
  for (const [type, file] of [
    ['application/atom+xml', 'feed.atom'],
    ['application/rss+xml', 'feed.rss'],
    ['application/feed+json', 'feed.json'],
  ]) {
    await expect(page.locator(`head link[rel=alternate][type="${type}"]`)).toHaveAttribute(
      'href',
      `/t/garden/${file}`,
    );
    const answer = await page.request.get(`/t/garden/${file}`);
    expect(answer.headers()['content-type']).toBe(`${type}; charset=utf-8`);
    expect(answer.headers()['cache-control']).toBe('public, max-age=60');
    expect(await answer.text()).toContain('Weeds');
    const etag = answer.headers().etag ?? '';
    expect(
      (await page.request.get(`/t/garden/${file}`, { headers: { 'if-none-match': etag } })).status(),
    ).toBe(304);
  }
  await expect(page.getByRole('link', { name: 'Atom' })).toHaveAttribute('href', '/t/garden/feed.atom');

  const atom = await (await fetch(`${hubs.url}/t/garden/feed.atom`)).text();
  const validate = (text: string) => {
    const file = join(folder, 'feed.atom');
    writeFileSync(file, text);
    execFileSync(xmllint ?? '', ['--noout', '--relaxng', join(root, 'e2e/atom.rng'), file], {
      stdio: 'pipe',
    });
  };
  validate(atom);
  expect(() => validate(atom.replace(/<id>[^<]*<\/id>/, ''))).toThrow('fails to validate');
  await expectFine(page, 'the hub');
});

/** Makes the team's hub private. */
const hide = (database: pg.Pool, team: string) =>
  database.query(`UPDATE hub SET visibility = 'private' WHERE type = 'team' AND name = $1`, [team]);

const cookieOf = async (context: BrowserContext, url: string) =>
  (await context.cookies(url)).map(({ name, value }) => `${name}=${value}`).join('; ');

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) yield join(entry.parentPath, entry.name);
}

test('nginx with a cache in front keeps what everybody may read, and nothing private', async ({
  page,
  bus,
  hubs,
  database,
  folder,
}) => {
  test.skip(...skipWithout('nginx'));
  await hide(database, 'kitchen');
  await openSession(page.context(), database, hubs.url, 'amara');
  await openLive(page, '/t/kitchen');
  // Of somebody without a hub: it stands in the kitchen's feed alone.
  const secret = 'Recipe_nobody_else_may_see';
  await bus.publish(issueOpened('kitchen', { title: secret, id: 2, by: 'somebody' }));
  await bus.publish(issueOpened('garden', { title: 'For everybody', id: 3 }));
  await expect(page.locator('[data-widget=feed]').getByText(secret)).toBeVisible();
  await page.goto('/settings/links');
  await page.getByRole('button', { name: 'Make a link to kitchen' }).click();
  const link = await readAddress(page, 'feed.atom');
  await expectFine(page, 'secret links');
  const { rows } = await database.query<{ path: string }>(
    `SELECT '/api/hubs/' || hub.id || '/widgets/' || widget.id AS path
     FROM hub JOIN widget ON widget.hub_id = hub.id WHERE hub.name IN ('kitchen', 'garden') AND widget.kind = 'feed'`,
  );

  const nginx = await startNginx(folder, hubs);
  try {
    const cookie = await cookieOf(page.context(), hubs.url);
    expect(cookie).toContain(`${cookieName(hubs.url)}=`);
    const ask = (path: string, headers = {}) =>
      fetch(`${nginx.url}${path}`, { headers, signal: AbortSignal.timeout(20_000) });
    const outputs = ['feed.atom', 'feed.rss', 'feed.json'];
    const hers = [
      ...['/t/kitchen', '/t/garden', '/stream', '/', '/groups', '/settings/links'],
      ...outputs.flatMap((file) => [`/t/kitchen/${file}`, `/t/garden/${file}`, `/stream/${file}`]),
      ...rows.map(({ path }) => path),
    ];
    for (const path of hers) {
      const answer = await ask(path, { cookie });
      expect(answer.status, path).toBe(200);
      expect(answer.headers.get('cache-control'), path).toMatch(/^private, (no-cache, )?no-store/);
      expect(answer.headers.get('x-robots-tag'), path).toBe('noindex');
      expect(answer.headers.get('referrer-policy'), path).toMatch(/^(no-referrer|same-origin)$/);
      await answer.text();
    }
    expect(await (await ask('/t/kitchen/feed.atom', { cookie })).text()).toContain(secret);
    const bySecret = await ask(new URL(link).pathname);
    expect(bySecret.headers.get('cache-control')).toBe('private, no-store');
    expect(bySecret.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await bySecret.text()).toContain(secret);

    for (const path of hers) expect(await (await ask(path)).text(), path).not.toContain(secret);
    for (const file of outputs) expect((await ask(`/t/kitchen/${file}`)).status).toBe(404);
    for (const status of ['HIT', 'HIT']) {
      const answer = await ask('/t/garden/feed.atom');
      expect([answer.headers.get('x-cache-status'), answer.status]).toEqual([status, 200]);
      expect(await answer.text()).toContain('For everybody');
    }
    expect((await ask('/t/garden/feed.atom', { cookie })).headers.get('x-cache-status')).not.toBe('HIT');

    const kept = [...filesBelow(nginx.cache)].map((file) => readFileSync(file, 'latin1'));
    expect(kept.some((text) => text.includes('For everybody'))).toBe(true);
    const token = new URL(link).pathname.split('/')[2] ?? '';
    for (const text of kept)
      for (const word of [secret, token, 'kitchen', 'private']) expect(text).not.toContain(word);
  } finally {
    await nginx.stop();
  }
});

test('a secret link is made, renewed and ended, without JavaScript too; it ends with the right', async ({
  browser,
  hubs,
  database,
}) => {
  await hide(database, 'workshop');
  const context = await browser.newContext({ javaScriptEnabled: false });
  await openSession(context, database, hubs.url, 'bjarke');
  const page = await context.newPage();
  await page.goto(`${hubs.url}/t/workshop`);
  await page.getByRole('link', { name: 'Secret links for feed readers' }).click();
  const make = async (button: string) => {
    await page.getByRole('button', { name: button }).click();
    return readAddress(page, 'feed.json');
  };
  const first = await make('Make a link to workshop');
  expect((await (await fetch(first)).json()).title).toBe('workshop');
  const second = await make('Renew the link to workshop');
  expect(second).not.toBe(first);
  expect([(await fetch(first)).status, (await fetch(second)).status]).toEqual([404, 200]);
  await page.goto(`${hubs.url}/settings/links`);
  expect(await page.locator('code').count()).toBe(0);

  await database.query(
    `DELETE FROM role USING hub, person WHERE hub.id = role.hub_id AND person.id = role.person_id
     AND hub.name = 'workshop' AND person.username = 'bjarke'`,
  );
  expect((await fetch(second)).status).toBe(404);

  const third = await make('Make a link to My Stream');
  expect((await fetch(third)).status).toBe(200);
  await page.getByRole('button', { name: 'End the link to My Stream' }).click();
  expect((await fetch(third)).status).toBe(404);
  await context.close();
});

test('others may frame the card, and nothing else', async ({ page, bus, hubs }) => {
  await openLive(page, '/t/garden');
  await bus.publish(issueOpened('garden', { title: 'On the card', id: 4 }));
  await expect(entry(page, 'On the card')).toBeVisible();
  await page.goto('/t/garden/card');
  await expectFine(page, 'the card');

  const server = createServer((_, response) =>
    response
      .setHeader('content-type', 'text/html')
      .end(['card', ''].map((path) => `<iframe src="${hubs.url}/t/garden/${path}"></iframe>`).join('')),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}`);
    const [card, whole] = [page.frameLocator('iframe').first(), page.frameLocator('iframe').last()];
    await expect(card.getByRole('link', { name: 'garden', exact: true })).toBeVisible();
    await expect(card.getByText('On the card')).toBeVisible();
    await expect(whole.locator('#sub-frame-error-details')).toBeVisible();
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test('meetings stand on the hub, counted down, and move when the calendar changes', async ({
  page,
  bus,
  fedocal,
  hubs,
  database,
}) => {
  fedocal.plan('Seed swap', Date.now() - HOUR / 2);
  fedocal.plan('Weekly weeding', Date.now() + 3 * HOUR + 60_000);
  await openSession(page.context(), database, hubs.url, 'amara');
  await page.goto('/t/garden/settings/calendar');
  await page.getByLabel('Calendar').fill('garden');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeAttached();

  await openLive(page, '/t/garden');
  const widget = page.locator('[data-widget=meetings]');
  await expect(widget.getByText('Weekly weeding')).toBeVisible();
  await expect(widget.getByText('in 3 h')).toBeVisible();
  await expect(widget.getByText('Happening now')).toBeVisible();
  await expect(widget.getByRole('link', { name: '#garden:example.org' })).toHaveCount(2);
  await expectFine(page, 'a hub with meetings');

  fedocal.plan('Harvest', Date.now() + HOUR);
  await bus.publish(
    makeEnvelope('org.fedoraproject.prod.fedocal.meeting.new', {
      agent: 'amara',
      meeting: { meeting_id: 3, meeting_name: 'Harvest', calendar_name: 'garden' },
      calendar: { calendar_name: 'garden' },
    }),
  );
  await expect(widget.getByText('Harvest')).toBeVisible();
  await expectNoReload(page);
  const ical = await page.request.get('/t/garden/meetings.ics');
  expect(ical.headers()['content-type']).toBe('text/calendar; charset=utf-8');
  expect((await ical.text()).match(/^SUMMARY:.*$/gm)).toEqual([
    'SUMMARY:Seed swap',
    'SUMMARY:Harvest',
    'SUMMARY:Weekly weeding',
  ]);
});
