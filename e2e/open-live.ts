import type { Page } from '@playwright/test';
import { expect } from './stack.ts';

/** Opens the page and waits until it hears of news; it is marked, and a reload would lose the mark. */
export async function openLive(page: Page, path: string): Promise<Page> {
  await page.goto(path);
  await expectState(page, 'live');
  await page.evaluate(() => {
    document.documentElement.dataset.mark = 'stayed';
  });
  return page;
}

export const expectState = (page: Page, state: 'live' | 'broken') =>
  expect(page.locator('[data-live]')).toHaveAttribute('data-live', state);

/** The entry that says this. */
export const entry = (page: Page, text: string) => page.locator('[data-entry]', { hasText: text });

export const expectNoReload = (page: Page) =>
  expect(page.locator('html')).toHaveAttribute('data-mark', 'stayed');
