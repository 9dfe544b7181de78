import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { startChild, waitUntilReady } from '../local/child.ts';
import { freePort } from '../local/ports.ts';
import { needMongodb, test } from './mongodb.ts';
import { root } from './processes.ts';
import { expect } from './stack.ts';

const START_MS = 90_000;

needMongodb();

test('bin/up keeps the feeds in the MongoDB of FEEDS_URL, and refuses the same one for hubs that are made anew', async ({
  page,
  folder,
  feedsUrl,
}) => {
  const port = String(await freePort());
  const up = (option: string[] = []) =>
    startChild(
      {
        file: process.execPath,
        args: ['local/up.ts', '--data', join(folder, 'up'), '--port', port, ...option],
        cwd: root,
        env: { ...process.env, FEEDS_URL: feedsUrl },
      },
      join(folder, 'up.log'),
    );
  const first = await up();
  try {
    await waitUntilReady(first, async () => first.output().includes('Hubs runs at'), START_MS);
    expect(first.output()).toContain('The feeds are in the MongoDB of FEEDS_URL.');
    await page.goto(`http://localhost:${port}/`);
    const newest = page.getByRole('region', { name: 'What happens right now' }).getByRole('listitem');
    await expect(newest.first()).toBeVisible({ timeout: 30_000 });
  } finally {
    await first.stop();
  }
  const client = new MongoClient(feedsUrl);
  expect(await client.db().collection('feed_entry').countDocuments()).toBeGreaterThan(0);
  await client.close();

  const again = await up(['--reset']);
  expect(await again.ended).toBe('ended with 1');
  expect(again.output()).toContain('The MongoDB of FEEDS_URL holds feeds of other hubs');
});
