import { accountMenu, passProvider, signIn } from './sign-in.ts';
import { expect, test } from './stack.ts';

for (const javaScriptEnabled of [true, false]) {
  test(`somebody signs in, comes back, ends other sessions and signs out ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({
    browser,
    hubs,
    provider,
  }) => {
    const open = async () => (await browser.newContext({ baseURL: hubs.url, javaScriptEnabled })).newPage();
    const [page, elsewhere] = [await open(), await open()];
    await signIn(elsewhere, 'Amara Okafor');

    await page.goto('/t/garden?from=here');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await passProvider(page, 'Amara Okafor');
    await expect(page).toHaveURL('/t/garden?from=here');

    await accountMenu(page).click();
    await page.getByRole('banner').getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Sessions' }).click();
    await expect(page.getByRole('button', { name: /^End the session/ })).toHaveCount(1);
    await page.getByRole('button', { name: 'End all others' }).click();
    await expect(page.getByRole('button', { name: /^End/ })).toHaveCount(0);
    await expect(page).toHaveURL('/settings/sessions');
    await elsewhere.goto('/settings/sessions');
    await expect(elsewhere).toHaveURL('/sign-in?to=%2Fsettings%2Fsessions');

    await accountMenu(page).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(new RegExp(`^${provider.issuer}/`));
    await page.getByRole('button', { name: 'Sign out of Meadow' }).click();
    await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
  });
}

for (const javaScriptEnabled of [true, false]) {
  test(`Subscribe and Star without a session: sign in, come back, done ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({
    browser,
    hubs,
    provider: _,
  }) => {
    const page = await (await browser.newContext({ baseURL: hubs.url, javaScriptEnabled })).newPage();
    await page.goto('/t/garden');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await expect(page.getByText('Nothing you pressed or typed is lost')).toBeVisible();
    await passProvider(page, 'Amara Okafor');
    await expect(page).toHaveURL('/t/garden');
    await expect(page.getByText('Subscribed', { exact: true })).toBeVisible();

    await page.context().clearCookies({ name: 'hubs' });
    const star = page.getByRole('button', { name: 'Star garden' });
    await star.click();
    await page.getByRole('button', { name: 'Sign in with Meadow' }).click();
    await expect(page).toHaveURL('/t/garden');
    await expect(star).toHaveAttribute('aria-pressed', 'true');
  });
}

test('who signs in first finds teams to follow on their stream, until they follow them', async ({
  page,
  provider: _,
  database,
}) => {
  await database.query(`INSERT INTO hub (type, name, group_name) VALUES ('team', 'bees', 'bees')`);
  await signIn(page, 'Amara Okafor');
  const offered = page.getByRole('region', { name: 'Teams you could follow' });
  // Of all others she is a member.
  await expect(offered.getByRole('listitem')).toHaveText([/bees/]);
  await offered.getByRole('button', { name: 'Subscribe to bees' }).click();
  await expect(offered).toHaveCount(0);
  await expect(page.getByRole('navigation', { name: 'My hubs' }).getByText('bees')).toBeVisible();
});

test('a session that ends in the middle leads through the sign-in back to the page', async ({
  page,
  provider: _,
  database,
}) => {
  await signIn(page, 'Bjarke Holm');
  await database.query(`INSERT INTO session (token_hash, person_id, issuer, user_agent)
    SELECT 'another', person_id, issuer, 'curl/8' FROM session`);
  await page.goto('/settings/sessions');
  const end = page.getByRole('button', { name: 'End the session of A command line' });
  await expect(end).toBeVisible();
  await database.query(`DELETE FROM session WHERE token_hash <> 'another'`);
  await end.click();
  await expect(page.getByText('Nothing you pressed or typed is lost')).toBeVisible();
  // The provider still knows who it is.
  await page.getByRole('button', { name: 'Sign in with Meadow' }).click();
  await expect(page).toHaveURL(/\/settings\/sessions\?draft=/);
  await end.click();
  await expect(end).toBeHidden();
});
