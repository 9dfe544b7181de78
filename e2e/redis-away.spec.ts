import { issueOpened } from './messages.ts';
import { expectNoReload, expectState, openLive } from './open-live.ts';
import { expect, test } from './stack.ts';

test('while Redis is away the page says so; when it is back the page recovers by itself', async ({
  page,
  bus,
  redis,
}) => {
  await openLive(page, '/t/garden');
  await bus.publish(issueOpened('garden', { title: 'Before' }));
  await expect(page.getByText('"Before"')).toBeVisible();

  await redis.stop();
  await expectState(page, 'broken');
  await expect(page.getByText('Reconnecting: what you see may be old')).toBeVisible();
  await bus.publish(issueOpened('garden', { title: 'Meanwhile' }));

  await redis.start();
  await expectState(page, 'live');
  await bus.publish(issueOpened('garden', { title: 'After' }));
  await expect(page.getByText('"After"')).toBeVisible();
  await expect(page.getByText('"Meanwhile"')).toBeVisible();
  await expect(page.getByText('"Before"')).toBeVisible();
  await expectNoReload(page);
});
