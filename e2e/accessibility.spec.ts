import { AxeBuilder } from '@axe-core/playwright';
import { issueOpened } from './messages.ts';
import { openLive } from './open-live.ts';
import { expect, test } from './stack.ts';

const widths = [1280, 390];
const schemes = ['light', 'dark'] as const;

test('axe finds nothing, on no page, wide and narrow, light and dark; nothing scrolls sideways', async ({
  page,
  bus,
  forum,
}) => {
  forum.addTopic('How deep do I plant tulips?');
  await openLive(page, '/t/garden');
  await bus.publish(issueOpened('garden', { title: `A_title_without_a_gap_${'in_it'.repeat(20)}` }));
  await expect(page.locator('[data-widget=feed] [data-entry]')).toBeVisible();
  await expect(page.getByText('How deep do I plant tulips?')).toBeVisible();

  for (const path of ['/', '/t/garden', '/u/amara']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    for (const width of widths) {
      for (const colorScheme of schemes) {
        const where = `${path} at ${width}, ${colorScheme}`;
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`),
          where,
        ).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), where).toBeLessThanOrEqual(
          width,
        );
      }
    }
  }
});
