import { connect } from 'node:net';
import { join } from 'node:path';
import { type Child, startChild, waitUntilReady } from '../local/child.ts';
import { findOnPath } from '../local/find-on-path.ts';
import { isRoot } from '../local/nobody.ts';
import { freePort } from '../local/ports.ts';
import { until } from '../testing/until.ts';
import { topicPosted } from './messages.ts';
import { openLive } from './open-live.ts';
import { expect, test as stack } from './stack.ts';

const program = findOnPath('memcached');
stack.skip(!program, 'there is no memcached: see testing/skips.ts');

const test = stack.extend<{ memcached: { port: number; kill(): Promise<void>; start(): Promise<void> } }>({
  memcached: async ({ folder }, use) => {
    const port = await freePort();
    let child: Child | undefined;
    const start = async () => {
      const args = ['-l', '127.0.0.1', '-p', String(port), '-U', '0', ...(isRoot ? ['-u', 'nobody'] : [])];
      child = await startChild({ file: program ?? '', args }, join(folder, 'memcached.log'));
      await waitUntilReady(child, () => answers(port), 10_000);
    };
    await start();
    await use({ port, start, kill: async () => child?.kill() });
    await child?.kill();
  },
  settings: async ({ memcached }, use) => use({ CACHE_URL: `memcached://127.0.0.1:${memcached.port}` }),
});

const answers = (port: number) =>
  new Promise<boolean>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', reject);
    socket.once('connect', () => socket.destroy());
  });

test('while memcached is away pages show all but the loaded values; when it is back those are loaded anew', async ({
  page,
  hubs,
  bus,
  forum,
  memcached,
}) => {
  forum.addTopic('How deep do I plant tulips?');
  await openLive(page, '/t/garden');
  const widget = page.locator('[data-widget=discussion]');
  await expect(widget.getByText('How deep do I plant tulips?')).toBeVisible();

  await memcached.kill();
  for (const name of ['web', 'worker'] as const)
    await until(async () =>
      (await (await fetch(`${hubs.healthUrl(name)}/readyz`)).text()).includes('memcached'),
    );
  await page.reload();
  await expect(page.getByRole('heading', { name: 'garden', level: 1 })).toBeVisible();
  await expect(page.getByText('What belongs here could not be read.').first()).toBeVisible();
  forum.addTopic('Who has a spare spade?');
  await bus.publish(topicPosted('garden', 'Who has a spare spade?'));

  await memcached.start();
  // The load that could not be kept is tried again; the open page hears of it.
  await expect(widget.getByText('Who has a spare spade?')).toBeVisible({ timeout: 30_000 });
  // Nothing changed in the others: they ask again by themselves.
  await expect(page.getByText('What belongs here could not be read.')).toHaveCount(0, { timeout: 30_000 });
});
