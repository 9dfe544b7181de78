import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const looks = [
  [1280, 'light'],
  [390, 'dark'],
] as const;
const widths = [320, 1920];

/** In the page itself, for there are no frames to gather from; what passed is not written down. Both save most of the time. */
const axe = (page: Page) =>
  new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });

/** Wide and light, narrow and dark axe finds nothing; nothing scrolls sideways, from the smallest phone to a wide screen. */
export async function expectFine(page: Page, where: string): Promise<void> {
  for (const [width, colorScheme] of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectNarrowEnough(page, width, where);
    await expectNothingFound(axe(page), `${where} at ${width}, ${colorScheme}`);
  }
  for (const width of widths) await expectNarrowEnough(page, width, where);
}

/**
 * On a phone what can be pressed is at least 24 px high and wide, or has that much room. Menus that stand open cover what
 * is below them: this is for the page as it comes.
 */
export async function expectEasyToPress(page: Page, where: string): Promise<void> {
  await page.setViewportSize({ width: 390, height: 900 });
  const sizes = new AxeBuilder({ page }).setLegacyMode(true);
  await expectNothingFound(sizes.withRules(['target-size']), `${where}, sizes at 390`);
}

async function expectNothingFound(builder: AxeBuilder, where: string): Promise<void> {
  const { violations } = await builder.analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
  expect.soft(found, where).toEqual([]);
}

async function expectNarrowEnough(page: Page, width: number, where: string): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  const needed = await page.evaluate(() => document.documentElement.scrollWidth);
  expect.soft(needed, `${where} at ${width}`).toBeLessThanOrEqual(width);
}
