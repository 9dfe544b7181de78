import { expect, type Page } from '@playwright/test';

/** The button in the header of whoever is signed in. */
export const accountMenu = (page: Page) => page.getByRole('banner').locator('summary');

/** From the sign-in page through the provider, back to where the sign-in began. */
export async function passProvider(page: Page, fullName: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in with Meadow' }).click();
  await page.getByRole('button', { name: fullName }).click();
  await expect(accountMenu(page)).toBeVisible();
}

/** Signs in the person of accounts.ts; the test needs the fixture `provider`. */
export async function signIn(page: Page, fullName: string): Promise<void> {
  await page.goto('/sign-in');
  await passProvider(page, fullName);
}
