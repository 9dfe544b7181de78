import type { Page } from '@playwright/test';
import { openSession } from './open-session.ts';
import { expect, test } from './stack.ts';

const rows = (page: Page) => page.locator('[data-list=sortable] [data-row]');

test('links go into another order by keyboard and by finger, and it is said', async ({
  browser,
  database,
  hubs,
}) => {
  await database.query(
    `INSERT INTO library_link (hub_id, url, title, place)
     SELECT id, 'https://example.org/' || title, title, place FROM hub, (VALUES ('Guide', 1), ('Plan', 2), ('Style', 3)) given (title, place)
     WHERE type = 'team' AND name = 'garden'`,
  );
  const context = await browser.newContext({
    baseURL: hubs.url,
    hasTouch: true,
    viewport: { width: 390, height: 900 },
  });
  await openSession(context, database, hubs.url, 'amara');
  const page = await context.newPage();
  await page.goto('/t/garden');
  const library = page.getByRole('region', { name: 'Library' });
  await library.getByRole('button', { name: 'Put the links in order' }).click();
  await expect(rows(page)).toHaveText(['Guide', 'Plan', 'Style']);

  await page.getByRole('button', { name: 'Drag Guide' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator(':focus')).toHaveAccessibleName(/^Insert /);
  await page.keyboard.press('ArrowDown');
  await expect(page.locator(':focus')).toHaveAccessibleName('Insert between Plan and Style');
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveText(['Plan', 'Guide', 'Style']);
  await expect(library.getByText('Guide moved to position 2 of 3.')).toBeAttached();
  await expect(library.getByRole('listitem').getByRole('link')).toHaveText(['Plan', 'Guide', 'Style']);

  const middle = async (selector: string, down = 0.5) => {
    const box = await page.locator(selector).boundingBox();
    if (!box) throw new Error(`${selector} is not on the page.`);
    return { x: box.x + box.width / 2, y: box.y + box.height * down };
  };
  const [handles, last] = [page.locator('[data-handle]'), rows(page).last()];
  await handles.first().scrollIntoViewIfNeeded();
  const from = await middle(`[data-handle="${await handles.first().getAttribute('data-handle')}"]`);
  const to = await middle(`[data-row="${await last.getAttribute('data-row')}"]`, 0.9);
  const touch = await context.newCDPSession(page);
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [to] });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await expect(library.getByText('Plan moved to position 3 of 3.')).toBeAttached();
  await expect(library.getByRole('listitem').getByRole('link')).toHaveText(['Guide', 'Style', 'Plan']);
  await context.close();
});

test('without JavaScript one puts the hubs at the side in order, too', async ({
  browser,
  database,
  hubs,
}) => {
  const context = await browser.newContext({ baseURL: hubs.url, javaScriptEnabled: false });
  await openSession(context, database, hubs.url, 'amara');
  const page = await context.newPage();
  await page.goto('/settings/hubs');
  const names = page.getByRole('region', { name: 'My hubs' }).getByRole('listitem').getByRole('link');
  const before = await names.allTextContents();
  expect(before.length).toBeGreaterThan(1);
  const [first = '', second = '', ...others] = before;
  await page.getByRole('button', { name: `Move ${second} up` }).click();
  await expect(names).toHaveText([second, first, ...others]);
  await page.getByRole('button', { name: 'Order them by how often I visit' }).click();
  await expect(names).toHaveText(before);
  await context.close();
});
