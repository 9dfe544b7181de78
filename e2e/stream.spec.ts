import type { Page } from '@playwright/test';
import { issueAssigned, issueOpened } from './messages.ts';
import { entry, openLive } from './open-live.ts';
import { openSession } from './open-session.ts';
import { expect, test } from './stack.ts';

const openMenu = (page: Page, text: string) =>
  entry(page, text).locator('summary', { hasText: 'More about this entry' }).click();

test('a stream is live for every hub behind it; what is hidden goes, is undone, and stands in the list', async ({
  page,
  context,
  bus,
  hubs,
  database,
}) => {
  await openSession(context, database, hubs.url, 'bjarke');
  await openLive(page, '/stream');
  await bus.publish(issueOpened('garden', { title: 'Roses' }));
  await bus.publish(issueOpened('kitchen', { title: 'Cake' }));
  await expect(entry(page, 'Roses')).toBeVisible();
  await expect(entry(page, 'Cake')).toBeVisible();
  await expect(entry(page, 'Cake').getByRole('link', { name: 'kitchen', exact: true })).toBeVisible();

  await openMenu(page, 'Roses');
  await page.getByRole('button', { name: 'Hide this entry' }).click();
  await expect(entry(page, 'Roses')).toHaveCount(0);
  await expect(page.getByText('Hidden: an entry.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(entry(page, 'Roses')).toBeVisible();

  await openMenu(page, 'Cake');
  await page.getByRole('button', { name: 'Hide kitchen from my stream' }).click();
  await expect(entry(page, 'Cake')).toHaveCount(0);
  await page.getByRole('link', { name: 'View filters' }).click();
  const line = page.getByRole('listitem').filter({ hasText: 'In your stream, the hub kitchen' });
  await line.getByRole('button', { name: 'Show again' }).click();
  await expect(page.getByText('The menu of an entry hides it')).toBeVisible();
  await expect(line).toHaveCount(0);
  await page.goto('/stream');
  await expect(entry(page, 'Cake')).toBeVisible();
});

test('why one sees an entry is said, and its switch stops exactly that', async ({
  page,
  context,
  bus,
  hubs,
  database,
}) => {
  await openSession(context, database, hubs.url, 'bjarke');
  await openLive(page, '/stream');
  await bus.publish(issueOpened('garden', { title: 'Roses' }));
  await bus.publish(issueOpened('kitchen', { title: 'Cake' }));
  await expect(entry(page, 'Roses')).toBeVisible();
  await openMenu(page, 'Roses');
  await page.getByRole('link', { name: 'Why am I seeing this?' }).click();
  await expect(
    page.getByText('Project garden/tracker, which the team garden owns; you belong to the team garden.'),
  ).toBeVisible();
  const control = page.getByRole('switch');
  await expect(control).toBeChecked();
  await control.click();
  await expect(control).not.toBeChecked();
  await openLive(page, '/stream');
  await expect(entry(page, 'Cake')).toBeVisible();
  await expect(entry(page, 'Roses')).toHaveCount(0);
  await bus.publish(issueOpened('garden', { title: 'Tulips', id: 2 }));
  await bus.publish(issueOpened('kitchen', { title: 'Bread', id: 2 }));
  await expect(entry(page, 'Bread')).toBeVisible();
  await expect(entry(page, 'Tulips')).toHaveCount(0);
});

test('without JavaScript: tabs, saving, hiding and undoing, searching, permalinks', async ({
  browser,
  bus,
  hubs,
  database,
  page: live,
}) => {
  await openLive(live, '/t/garden');
  await bus.publish(issueOpened('garden', { title: 'Roses' }));
  await bus.publish(issueAssigned('garden', { title: 'Dig a pond', id: 9, to: 'bjarke' }));
  await expect(entry(live, 'Roses')).toBeVisible();
  await expect(entry(live, 'garden/tracker#9')).toBeVisible();

  const context = await browser.newContext({ baseURL: hubs.url, javaScriptEnabled: false });
  await openSession(context, database, hubs.url, 'bjarke');
  const page = await context.newPage();
  await page.goto('/stream');
  await page.getByRole('link', { name: 'Actions' }).click();
  await expect(page.getByRole('link', { name: 'garden/tracker#9: Dig a pond' })).toBeVisible();
  await page.getByRole('link', { name: 'Mentions' }).click();
  await expect(page.locator('[data-entry]')).toHaveCount(1);
  await expect(page.getByText('amara assigned ticket garden/tracker#9 to you')).toBeVisible();

  await page.goto('/stream');
  await openMenu(page, 'Roses');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('link', { name: 'Saved', exact: true }).click();
  await expect(entry(page, 'Roses')).toBeVisible();

  await page.goto('/stream');
  await openMenu(page, 'Roses');
  await page.getByRole('link', { name: 'Pin to a library' }).click();
  await page.getByLabel('Library of').selectOption('bjarke (yours)');
  await page.getByLabel('Title').fill('About roses');
  await page.getByRole('button', { name: 'Pin it' }).click();
  await page.goto('/u/bjarke');
  await expect(page.getByRole('link', { name: 'About roses' })).toHaveAttribute(
    'href',
    /\/garden\/tracker\//,
  );

  await page.goto('/stream');
  await openMenu(page, 'Roses');
  await page.getByRole('button', { name: /^Hide this kind/ }).click();
  await expect(page).toHaveURL('/stream');
  await expect(page.getByText('Hidden: everything of the kind pagure.issue.new.')).toBeVisible();
  await expect(entry(page, 'Roses')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(entry(page, 'Roses')).toBeVisible();

  await page.getByRole('searchbox').fill('roses');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.locator('[data-entry]')).toHaveCount(1);
  await expect(page.getByText('1 entry with roses.')).toBeVisible();

  await openMenu(page, 'Roses');
  await page.getByRole('link', { name: 'Permalink' }).click();
  await expect(page).toHaveURL(/\/t\/garden\/e\/[^/]+$/);
  await expect(page.getByText('Project garden/tracker, which the team garden owns')).toBeVisible();
  const permalink = page.url();
  await database.query('DELETE FROM feed_entry');
  expect((await page.goto(permalink))?.status()).toBe(410);
  await expect(page.getByRole('link', { name: 'See what happens in garden now' })).toHaveAttribute(
    'href',
    '/t/garden',
  );
  await database.query(`UPDATE hub SET visibility = 'private' WHERE name = 'garden'`);
  expect((await page.goto(permalink))?.status()).toBe(410);
  expect((await live.goto(permalink))?.status()).toBe(404);
});
