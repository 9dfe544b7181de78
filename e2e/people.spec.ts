import { expect, test } from './stack.ts';

const CROWD = 150;

test('from the widget one comes to everybody, page by page, and finds one by name, without JavaScript; not to whom it keeps to members', async ({
  browser,
  hubs,
  database,
}) => {
  await database.query(
    `WITH made AS (
       INSERT INTO person (username, full_name) SELECT 'crowd-' || n, 'Crowd Number' FROM generate_series(1, $1) AS n
       RETURNING id
     ) INSERT INTO role (hub_id, person_id, name, source)
       SELECT hub.id, made.id, 'member', 'hubs' FROM made, hub WHERE hub.type = 'team' AND hub.name = 'garden'`,
    [CROWD],
  );
  const page = await (await browser.newContext({ baseURL: hubs.url, javaScriptEnabled: false })).newPage();
  const shown = page.getByRole('region', { name: 'People' }).getByRole('listitem');
  await page.goto('/t/garden');
  await page.getByRole('link', { name: `All ${CROWD + 2} people` }).click();
  await expect(page.getByRole('heading', { name: 'People of garden' })).toBeVisible();
  await expect(page).toHaveTitle('People of garden · Hubs');
  await expect(shown).toHaveCount(100);
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(shown).toHaveCount(CROWD + 2 - 100);

  const search = async (words: string) => {
    await page.getByLabel('Search people').fill(words);
    await page.getByRole('button', { name: 'Search' }).click();
  };
  await search('  OKAFOR ');
  await expect(shown).toHaveText([/amara.*owner.*Amara Okafor/]);
  await page.getByRole('link', { name: /^Owners/ }).click();
  await expect(shown).toHaveCount(1);
  await search('100%');
  await expect(page.getByText('None of the owners fits “100%”.')).toBeVisible();
  await page.getByRole('link', { name: 'see all owners' }).click();
  await expect(shown).toHaveText([/amara/]);

  await page.goto('/t/garden');
  await page.getByRole('link', { name: 'Members', exact: true }).click();
  await expect(page).toHaveURL('/t/garden/people?role=member');

  await database.query(`UPDATE widget SET restricted = true WHERE kind = 'people'`);
  await page.goto('/t/garden');
  await expect(page.getByText('Members', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Members', exact: true })).toHaveCount(0);
  expect((await page.goto('/t/garden/people'))?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'There is no hub here' })).toBeVisible();
});
