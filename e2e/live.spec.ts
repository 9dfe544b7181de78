import { randomUUID } from 'node:crypto';
import { makeEnvelope } from '../testing/publisher.ts';
import { issueOpened } from './messages.ts';
import { expectNoReload, openLive } from './open-live.ts';
import { expect, test } from './stack.ts';

test('a message nobody ever saw stands on the open page within 2 s, without a reload', async ({
  page,
  bus,
}) => {
  const stayed = await openLive(page, '/t/garden');
  const title = `The roses need ${randomUUID()}`;
  await bus.publish(issueOpened('garden', { title, id: 7 }));
  const sentence = page.getByText(`amara opened a new ticket garden/tracker#7: "${title}"`);
  await expect(sentence).toBeVisible({ timeout: 2_000 });
  await expectNoReload(stayed);
});

test('so does one of a service that Hubs does not know', async ({ page, bus }) => {
  const stayed = await openLive(page, '/u/amara');
  const service = `service${randomUUID().slice(0, 8)}`;
  await bus.publish(makeEnvelope(`org.fedoraproject.prod.${service}.kettle.boiled`, { agent: 'amara' }));
  await expect(page.getByText(`${service}: kettle boiled, by amara`)).toBeVisible({ timeout: 2_000 });
  await expectNoReload(stayed);
});
