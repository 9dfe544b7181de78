import { findMongodb } from '../local/mongodb-program.ts';
import { type Gate, openGate } from '../testing/gate.ts';
import { gatedMongoUrl, startMongodb, withMongoDatabase } from '../testing/mongodb.ts';
import { issueOpened } from './messages.ts';
import { expectNoReload, openLive } from './open-live.ts';
import { test as base, expect } from './stack.ts';

const found = findMongodb();

const test = base.extend<{ gate: Gate; mongodbUrl: string }>({
  mongodbUrl: async ({ folder, postgresUrl }, use) => {
    if (!found) throw new Error('there is no MongoDB');
    const server = await startMongodb(found, folder, postgresUrl);
    await use(withMongoDatabase(server.url, `hubs_test_${Date.now()}`));
    await server.stop();
  },
  gate: async ({ mongodbUrl }, use) => {
    const { hostname, port } = new URL(mongodbUrl);
    const gate = await openGate({ host: hostname, port: Number(port) });
    await use(gate);
    await gate.shut();
  },
  settings: async ({ gate, mongodbUrl }, use) => use({ FEEDS_URL: gatedMongoUrl(mongodbUrl, gate.port) }),
});

test.skip(!found, 'there is no MongoDB: see testing/skips.ts');

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
  await expect(page.getByText('What belongs here could not be read.')).toBeVisible();
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
