import { until } from '../testing/until.ts';
import { expectFine } from './expect-fine.ts';
import { issueOpened } from './messages.ts';
import { openSession } from './open-session.ts';
import { expect, test } from './stack.ts';

test('a site admin sees what came from the bus, what was missed and what waits, wide and narrow, light and dark', async ({
  page,
  context,
  hubs,
  bus,
  redisClient,
  database,
}) => {
  await database.query(`UPDATE person SET site_admin = true WHERE username = 'amara'`);
  await openSession(context, database, hubs.url, 'amara');
  await bus.publish(issueOpened('garden', { title: 'Heard' }));
  const counted = async () => (await database.query(`SELECT FROM ledger WHERE outcome = 'queued'`)).rowCount;
  await until(async () => (await counted()) === 1);
  const { rows } = await database.query('SELECT watermark FROM bus_position');
  expect(rows[0].watermark).not.toBeNull();
  // There is no archive here: what is not acknowledged when Redis is emptied is lost, and recorded.
  await redisClient.flushall();
  await until(async () => (await database.query('SELECT FROM bus_gap')).rowCount === 1);
  await database.query(`INSERT INTO ledger_check VALUES (date_trunc('hour', now()), 5, 3, 2, now())`);

  await page.goto('/');
  await page.getByText('amara, your hub and settings').click();
  await page.getByRole('link', { name: 'The system' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'The system' })).toBeVisible();
  await expect(page.getByText('Redis was emptied; no archive covers it')).toBeVisible();
  await expect(page.getByText('2 messages were lost before the listener')).toBeVisible();
  await expect(page.getByText(/bus 0, work 0, notices \d+, dead 0/)).toBeVisible();
  const services = page.getByRole('region', { name: 'By service' });
  await expect(services.getByRole('row', { name: 'pagure 1 1' })).toBeVisible();

  await expectFine(page, 'the system');
  await services.getByRole('link', { name: 'pagure' }).click();
  await expect(page.getByRole('heading', { name: 'The ledger of pagure' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'By hour' }).getByRole('row')).toHaveCount(2);
});
