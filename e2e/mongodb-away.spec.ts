import { issueOpened } from './messages.ts';
import { needMongodb, test as withMongodb } from './mongodb.ts';
import { expectNoReload, openLive } from './open-live.ts';
import { expect } from './stack.ts';

const test = withMongodb.extend({
  settings: async ({ feedsUrl }, use) => use({ FEEDS_URL: feedsUrl }),
});

needMongodb();

test('while the MongoDB of the feeds is away pages show all but the feeds; when it is back they go on by themselves', async ({
  page,
  bus,
  gate,
}) => {
  await openLive(page, '/t/garden');
  await bus.publish(issueOpened('garden', { title: 'Before' }));
  await expect(page.getByText('"Before"')).toBeVisible();

  await gate.shut();
  await openLive(page, '/t/garden');
  await expect(
    page.getByRole('region', { name: 'Activity' }).getByText('What belongs here could not be read.'),
  ).toBeVisible();
  await expect(page.getByRole('heading', { name: 'garden', level: 1 })).toBeVisible();
  const home = await page.context().newPage();
  await openLive(home, '/');
  await expect(home.getByText('This could not be read right now.')).toBeVisible();
  await expect(home.getByRole('link', { name: /garden/ }).first()).toBeVisible();
  await bus.publish(issueOpened('garden', { title: 'Meanwhile' }));

  await gate.open();
  for (const open of [page, home]) {
    await expect(open.getByText('"Meanwhile"')).toBeVisible();
    await expect(open.getByText('"Before"')).toBeVisible();
    await expectNoReload(open);
  }
});
