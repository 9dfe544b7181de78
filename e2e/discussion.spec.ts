import { topicPosted } from './messages.ts';
import { expectNoReload, openLive } from './open-live.ts';
import { expect, test } from './stack.ts';

test('a message makes the topics stale: the page shows the new ones, and keeps them when the forum fails', async ({
  page,
  bus,
  forum,
}) => {
  forum.addTopic('How deep do I plant tulips?');
  await openLive(page, '/t/garden');
  const widget = page.locator('[data-widget=discussion]');
  await expect(widget.getByText('How deep do I plant tulips?')).toBeVisible();

  forum.addTopic('Who has a spare spade?');
  await bus.publish(topicPosted('garden', 'Who has a spare spade?'));
  await expect(widget.getByText('Who has a spare spade?')).toBeVisible();
  await expect(widget.getByText('From 127.0.0.1')).toBeVisible();

  forum.answerWith(500);
  await bus.publish(topicPosted('garden', 'Nobody will see this one'));
  await expect(widget.getByText('Still shown: what came before.')).toBeVisible();
  await expect(widget.getByText('Who has a spare spade?')).toBeVisible();

  forum.answerWith(200);
  forum.addTopic('It rains');
  await bus.publish(topicPosted('garden', 'It rains'));
  await expect(widget.getByText('It rains')).toBeVisible({ timeout: 30_000 });
  await expect(widget.getByText('Still shown')).toBeHidden();
  await expectNoReload(page);
});
