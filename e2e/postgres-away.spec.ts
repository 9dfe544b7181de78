import { streams } from '../bus/streams.ts';
import { openGate } from '../testing/gate.ts';
import { until } from '../testing/until.ts';
import { issueOpened } from './messages.ts';
import { expectNoReload, expectState, openLive } from './open-live.ts';
import { expect, test } from './stack.ts';

const names = ['web', 'listener', 'triage', 'worker', 'sse'] as const;

test('while PostgreSQL is away pages say so and no process ends; when it is back all goes on by itself', async ({
  page,
  hubs,
  bus,
  postgres,
  redisClient,
}) => {
  await openLive(page, '/t/garden');
  await bus.publish(issueOpened('garden', { title: 'Before' }));
  await expect(page.getByText('"Before"')).toBeVisible();
  const processes = names.map((name) => hubs.get(name));

  await postgres.stop();
  // What it last said of the database holds a second.
  await until(async () => (await fetch(`${hubs.url}/t/garden`)).status === 503);
  const late = await page.context().newPage();
  expect((await late.goto('/t/garden'))?.status()).toBe(503);
  await expect(late.getByRole('heading', { name: 'Back in a moment' })).toBeVisible();
  await bus.publish(issueOpened('garden', { title: 'Meanwhile' }));
  for (const name of ['web', 'triage', 'worker', 'sse'] as const)
    await until(async () => (await fetch(`${hubs.healthUrl(name)}/readyz`)).status === 503);
  const api = await fetch(`${hubs.url}/api/hubs/1/widgets/1`);
  expect(api.status).toBe(503);
  expect((await api.json()).error.message).toContain('database');
  const headers = { origin: hubs.url, cookie: 'hubs=any' };
  const form = await fetch(`${hubs.url}/api/me/order`, {
    ...{ method: 'POST', headers },
    body: new FormData(),
  });
  expect([form.status, await form.text()]).toEqual([503, expect.stringContaining('This was not done')]);
  const signIn = await fetch(`${hubs.url}/auth/callback/meadow?state=x&code=y`);
  expect([signIn.status, await signIn.text()]).toEqual([503, expect.stringContaining('Back in a moment')]);

  await postgres.start();
  await expect(late.getByRole('heading', { name: 'garden', level: 1 })).toBeVisible();
  await expect(page.getByText('"Meanwhile"')).toBeVisible();
  await expectState(page, 'live');
  await expectNoReload(page);
  for (const name of names) await until(async () => (await fetch(`${hubs.healthUrl(name)}/readyz`)).ok);
  expect(processes.map((one) => one.runs())).toEqual(names.map(() => true));
  expect(await redisClient.xlen(streams.dead)).toBe(0);
});

test.describe('a PostgreSQL that hangs', () => {
  const hanging = test.extend<{ gate: Awaited<ReturnType<typeof openGate>> }>({
    gate: async ({ postgresUrl }, use) => {
      const { hostname: host, port } = new URL(postgresUrl);
      const gate = await openGate({ host, port: Number(port) });
      await use(gate);
      await gate.shut();
    },
    settings: async ({ databaseUrl, gate }, use) => {
      const url = new URL(databaseUrl);
      url.port = String(gate.port);
      await use({ DATABASE_URL: url.href });
    },
  });

  hanging(
    'pages say so in time, and are there again although its connections stay dead',
    async ({ page, gate }) => {
      await openLive(page, '/t/garden');
      gate.stall(0);
      // Asked while what was last said of the database may still hold.
      const early = await page.context().newPage();
      expect((await early.goto('/t/garden'))?.status()).toBeGreaterThanOrEqual(500);
      const late = await page.context().newPage();
      const beganAt = Date.now();
      expect((await late.goto('/t/garden'))?.status()).toBe(503);
      expect(Date.now() - beganAt).toBeLessThan(10_000);
      await expect(late.getByRole('heading', { name: 'Back in a moment' })).toBeVisible();
      gate.flow();
      for (const one of [early, late])
        await expect(one.getByRole('heading', { name: 'garden', level: 1 })).toBeVisible({ timeout: 30_000 });
      await expectNoReload(page);
    },
  );
});
