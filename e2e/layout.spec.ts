import type { Browser, Page } from '@playwright/test';
import type pg from 'pg';
import { expectFine } from './expect-fine.ts';
import { expectNoReload, openLive } from './open-live.ts';
import { openSession } from './open-session.ts';
import { expect, test } from './stack.ts';

interface Given {
  browser: Browser;
  database: pg.Pool;
  url: string;
}

async function openAs(
  { browser, database, url }: Given,
  username: string,
  options: object = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, ...options });
  await openSession(context, database, url, username);
  return context.newPage();
}

/** The editor, with everything in its ear that is said to people who don't see it. */
async function openEditor(page: Page): Promise<Page> {
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest('[role=status], [role=log], [role=alert], [aria-live]');
        if (region?.textContent && !region.closest('[aria-hidden=true], [inert]'))
          heard.push(region.textContent);
      }
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await page.goto('/t/garden/layout');
  await expect(page.getByRole('grid', { name: 'Left column' })).toBeVisible();
  return page;
}

const heard = (page: Page) =>
  page.evaluate(() => (window as unknown as { heard: string[] }).heard.join('\n'));

const row = (page: Page, label: string) => page.locator('[data-row]').filter({ hasText: label });
const column = (page: Page, name: 'left' | 'right') => page.locator(`[data-list=${name}] [data-row]`);
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();

/** The widgets of the hub's page as the database has them. */
async function widgetsOf(database: pg.Pool): Promise<string[]> {
  const { rows } = await database.query(
    `SELECT widget.column || ' ' || kind AS words FROM widget JOIN hub ON hub.id = hub_id
     WHERE hub.name = 'garden' AND hub.type = 'team' ORDER BY widget.column, place`,
  );
  return rows.map(({ words }) => words);
}

/** A small page, so that the tests do not depend on what new teams begin with. */
const layGarden = (database: pg.Pool) =>
  database.query(`
    WITH garden AS (UPDATE hub SET layout_edited = true WHERE name = 'garden' AND type = 'team' RETURNING id),
      gone AS (DELETE FROM widget USING garden WHERE hub_id = garden.id)
    INSERT INTO widget (hub_id, kind, "column", place)
      SELECT garden.id, laid.kind, laid.side::"Column", laid.place FROM garden,
        (VALUES ('feed', 'left', 100), ('about', 'left', 101), ('people', 'right', 100), ('stats', 'right', 101)) laid (kind, side, place)`);

const makeOwner = (database: pg.Pool, username: string) =>
  database.query(
    `INSERT INTO role (hub_id, person_id, name, source) SELECT hub.id, person.id, 'owner', 'hubs' FROM hub, person
     WHERE hub.name = 'garden' AND hub.type = 'team' AND person.username = $1`,
    [username],
  );

test('by keyboard alone a widget goes into the other column, and its new place is said', async ({
  browser,
  database,
  hubs,
}) => {
  await layGarden(database);
  const page = await openEditor(await openAs({ browser, database, url: hubs.url }, 'amara'));
  await expectFine(page, 'the editor');

  await row(page, 'About').focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Drag About' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect
    .poll(() => heard(page))
    .toContain('Press Tab to navigate to a drop target, then press Enter to drop');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(
    page.getByRole('button', { name: 'Insert between People and Numbers', exact: true }),
  ).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => heard(page)).toContain('Drop complete.');
  await expect.poll(() => heard(page)).toContain('About moved to right column, position 2 of 3.');
  await expect(row(page, 'About')).toBeFocused();
  await expect(column(page, 'right')).toHaveText(['People', 'About', 'Numbers']);

  // So do the arrows beside it, and the focus stays with it.
  await page.getByRole('button', { name: 'Move About up' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => heard(page)).toContain('About moved to right column, position 1 of 3.');
  await expect(page.getByRole('button', { name: 'Move About up' })).toBeFocused();

  await page.getByRole('button', { name: 'Remove Numbers' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Undo: put Numbers back' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(column(page, 'right')).toHaveText(['About', 'People', 'Numbers']);

  expect(await widgetsOf(database)).toEqual(['left feed', 'left about', 'right people', 'right stats']);
  await save(page);
  await expect(page).toHaveURL(/\/t\/garden$/);
  expect(await widgetsOf(database)).toEqual(['left feed', 'right about', 'right people', 'right stats']);
});

test('so it does by a finger, on a phone', async ({ browser, database, hubs }) => {
  await layGarden(database);
  const phone = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 900 } };
  const page = await openEditor(await openAs({ browser, database, url: hubs.url }, 'amara', phone));
  const middle = async (selector: string) => {
    const box = await page.locator(selector).boundingBox();
    if (!box) throw new Error(`${selector} is not to be seen`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const id = await row(page, 'Activity').getAttribute('data-row');
  const from = await middle(`[data-handle="${id}"]`);
  const to = await middle(`[data-row="${await row(page, 'Numbers').getAttribute('data-row')}"]`);
  const finger = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  await touch('touchStart', [from]);
  for (const share of [0.2, 0.5, 0.8, 1])
    await touch('touchMove', [{ x: from.x, y: from.y + (to.y - from.y) * share - 5 }]);
  await touch('touchEnd', []);

  await expect.poll(() => heard(page)).toContain('Activity moved to right column, position 2 of 3.');
  await save(page);
  await expect(page).toHaveURL(/\/t\/garden$/);
  expect(await widgetsOf(database)).toEqual(['left about', 'right people', 'right feed', 'right stats']);
});

test('two owners edit while somebody looks: the second is asked, keeps theirs, and the third sees both', async ({
  page: third,
  browser,
  database,
  hubs,
}) => {
  await layGarden(database);
  await makeOwner(database, 'bjarke');
  const given = { browser, database, url: hubs.url };
  await openLive(third, '/t/garden');
  const amara = await openEditor(await openAs(given, 'amara'));
  const bjarke = await openEditor(await openAs(given, 'bjarke'));

  await amara.getByRole('button', { name: 'Remove Numbers' }).click();
  await amara.getByRole('button', { name: 'Move People to the left column' }).click();
  await save(amara);
  await expect(amara).toHaveURL(/\/t\/garden$/);
  await expect(third.locator('[data-widget=stats]')).toBeHidden();

  await bjarke.getByRole('button', { name: 'Settings of Activity' }).click();
  const dialog = bjarke.getByRole('dialog', { name: 'Settings of Activity' });
  await dialog.getByLabel('Entries shown').fill('1000');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog.getByText('Give a whole number from 1 to 100.')).toBeVisible();
  await expect(dialog.getByLabel('Entries shown')).toBeFocused();
  await dialog.getByLabel('Entries shown').fill('7');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await bjarke.getByRole('button', { name: 'Add a widget' }).click();
  await bjarke.getByRole('button', { name: 'Add Welcome' }).click();
  await bjarke.getByRole('button', { name: 'Settings of Welcome' }).click();
  await bjarke.getByRole('dialog', { name: 'Settings of Welcome' }).getByLabel('Text').fill('Bring boots.');
  await bjarke.getByRole('button', { name: 'Done' }).click();
  await save(bjarke);

  const question = bjarke.getByRole('dialog', { name: 'Somebody changed this layout meanwhile' });
  await expect(question).toContainText('amara');
  await expect(question.getByRole('listitem')).toHaveText([
    'removed Numbers',
    'moved People to the left column',
  ]);
  expect(await widgetsOf(database)).toEqual(['left people', 'left feed', 'left about']);
  await question.getByRole('button', { name: 'Save mine on top' }).click();
  await expect(bjarke).toHaveURL(/\/t\/garden$/);

  expect(await widgetsOf(database)).toEqual(['left sticky', 'left people', 'left feed', 'left about']);
  const { rows } = await database.query(
    `SELECT settings FROM widget WHERE kind = 'feed' AND settings <> '{}'`,
  );
  expect(rows).toEqual([{ settings: { n: 7, kindsHidden: '', grouped: true } }]);
  await expect(third.getByRole('paragraph').filter({ hasText: 'Bring boots.' })).toBeVisible();
  await expect(third.locator('[data-widget=stats]')).toBeHidden();
  await expectNoReload(third);
});

test('without JavaScript every step is a form, a removal can be undone, and errors stand at their fields', async ({
  browser,
  database,
  hubs,
}) => {
  await layGarden(database);
  const page = await openAs({ browser, database, url: hubs.url }, 'amara', { javaScriptEnabled: false });
  await page.goto('/t/garden');
  await page.getByRole('link', { name: 'Edit page layout' }).click();
  await page.getByRole('button', { name: 'Move About up' }).click();
  await page.getByRole('button', { name: 'Move People to the left column' }).click();
  expect(await widgetsOf(database)).toEqual(['left people', 'left about', 'left feed', 'right stats']);

  await page.getByText('Settings of Activity').click();
  const form = page.locator('form', { has: page.getByLabel('Entries shown') });
  await form.getByLabel('Entries shown').fill('1000');
  await form.getByRole('button', { name: 'Save settings' }).click();
  await expect(page.getByText('Give a whole number from 1 to 100.')).toBeVisible();
  await expect(form.getByLabel('Entries shown')).toHaveValue('1000');
  await form.getByLabel('Entries shown').fill('9');
  await form.getByRole('button', { name: 'Save settings' }).click();
  const { rows } = await database.query(
    `SELECT settings FROM widget WHERE kind = 'feed' AND settings <> '{}'`,
  );
  expect(rows).toEqual([{ settings: { n: 9, kindsHidden: '', grouped: true } }]);

  await page.getByRole('button', { name: 'Remove Activity' }).click();
  await expect(page.getByText('Activity is removed.')).toBeVisible();
  expect(await widgetsOf(database)).toEqual(['left people', 'left about', 'right stats']);
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await widgetsOf(database)).toEqual(['left people', 'left about', 'left feed', 'right stats']);
  await page.getByRole('button', { name: 'Add Welcome' }).click();
  expect(await widgetsOf(database)).toEqual([
    'left sticky',
    'left people',
    'left about',
    'left feed',
    'right stats',
  ]);
});
