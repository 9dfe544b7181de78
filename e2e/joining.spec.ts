import type { Browser, Page } from '@playwright/test';
import { passProvider, signIn } from './sign-in.ts';
import { expect, test } from './stack.ts';

const openAs = async (browser: Browser, baseURL: string, fullName: string, javaScriptEnabled = true) => {
  const page = await (await browser.newContext({ baseURL, javaScriptEnabled })).newPage();
  await signIn(page, fullName);
  return page;
};

async function makeTeam(page: Page, name: string): Promise<void> {
  await page.goto('/groups/new');
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Make the hub' }).click();
  await expect(page).toHaveURL(`/t/${name}`);
}

test('somebody asks to join, an owner takes them in, and the buttons follow where the reader is', async ({
  browser,
  baseURL,
  provider: _,
}) => {
  const owner = await openAs(browser, baseURL ?? '', 'Amara Okafor');
  await makeTeam(owner, 'orchard');
  await expect(owner.getByRole('heading', { name: 'What orchard still lacks' })).toBeVisible();

  const asker = await openAs(browser, baseURL ?? '', 'Bjarke Holm');
  await asker.goto('/t/orchard');
  await asker.getByRole('link', { name: 'Join', exact: true }).click();
  const dialog = asker.getByRole('dialog', { name: 'Join orchard' });
  await dialog.getByLabel('A few words about you').fill('I know apples.');
  await dialog.getByRole('button', { name: 'Submit join request' }).click();
  const membership = asker.locator('#membership');
  await expect(membership.locator('summary')).toHaveText('Pending');
  await expect(membership.locator('summary')).toBeFocused();
  await expect(membership.getByText('Your request to join orchard is pending.')).toHaveCount(1);

  await owner.goto('/t/orchard/settings/people');
  await expect(owner.getByText('I know apples.')).toBeVisible();
  await owner.getByRole('button', { name: 'Approve bjarke' }).click();
  await expect(owner.getByText('Nobody waits for an answer.')).toBeVisible();
  // The open page of who asked hears of it.
  await expect(membership.locator('summary')).toHaveText('Member');

  // Two windows change the way in: the second is told, and can save what it typed once it knows.
  const other = await owner.context().newPage();
  await other.goto('/t/orchard/settings/people');
  const process = (page: Page) => page.getByLabel('The join process');
  const save = (page: Page) =>
    page
      .locator('form', { has: process(page) })
      .getByRole('button')
      .click();
  await process(other).fill('Bring a ladder.');
  await save(other);
  // Not for screen readers alone.
  await expect(other.getByText('Saved.')).not.toHaveCSS('position', 'absolute');
  await process(owner).fill('Bring boots.');
  await save(owner);
  await expect(owner.getByText('Somebody else changed this hub')).toBeVisible();
  await expect(process(owner)).toHaveValue('Bring boots.');
  await expect(async () => {
    await save(owner);
    await expect(owner.getByText('Saved.')).toBeAttached({ timeout: 1_000 });
  }).toPass();
  await other.close();

  await asker.getByRole('button', { name: 'Subscribe' }).click();
  await expect(asker.locator('#subscription summary')).toHaveText('Subscribed');
  await expect(asker.locator('#subscription summary')).toBeFocused();
});

test('without JavaScript all of it works as well, and what was typed comes back', async ({
  browser,
  baseURL,
  provider: _,
}) => {
  const owner = await openAs(browser, baseURL ?? '', 'Amara Okafor', false);
  await owner.goto('/groups/new');
  await owner.getByLabel('Name').fill('apple tree');
  await owner.getByLabel('Summary').fill('We climb.');
  await owner.getByRole('button', { name: 'Make the hub' }).click();
  await expect(owner.getByText("A name can't have a space in it")).toBeVisible();
  await expect(owner.getByLabel('Summary')).toHaveValue('We climb.');
  await owner.getByLabel('Name').fill('apple-tree');
  await owner.getByRole('button', { name: 'Make the hub' }).click();
  await expect(owner).toHaveURL('/t/apple-tree');

  const asker = await openAs(browser, baseURL ?? '', 'Bjarke Holm', false);
  await asker.goto('/t/apple-tree');
  await asker.getByRole('link', { name: 'Join', exact: true }).click();
  await asker.getByRole('button', { name: 'Submit join request' }).click();
  await expect(asker).toHaveURL('/t/apple-tree#membership');
  await expect(asker.locator('#membership summary')).toHaveText('Pending');

  await owner.goto('/t/apple-tree/settings/people');
  await owner.getByText('Deny…').click();
  await owner.getByRole('button', { name: 'Deny', exact: true }).click();
  await expect(owner.getByText('Say a kind word')).toBeVisible();
  await owner.getByLabel('A kind word to bjarke').fill('Come when the apples are ripe.');
  await owner.getByRole('button', { name: 'Deny', exact: true }).click();
  await expect(owner.getByText('Nobody waits for an answer.')).toBeVisible();
  await asker.goto('/t/apple-tree/join');
  await expect(asker.getByText('Come when the apples are ripe.')).toBeVisible();
});

test('pressed without a session, Subscribe is done after the sign-in', async ({ page, provider: _ }) => {
  await page.goto('/t/garden');
  await page.getByRole('button', { name: 'Subscribe' }).click();
  await passProvider(page, 'Bjarke Holm');
  await expect(page).toHaveURL(/\/t\/garden/);
  await expect(page.locator('#subscription summary')).toHaveText('Subscribed');
});
