// Takes the README's picture of the demo that bin/up runs: npm run screenshot [address]
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findOnPath } from '../local/find-on-path.ts';

const [address = 'http://localhost:3000'] = process.argv.slice(2);
const executablePath = findOnPath('chromium', 'chromium-browser', 'google-chrome');
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
await page.goto(`${address}/sign-in?to=/t/workstation`);
await page.getByRole('button', { name: 'Sign in with Meadow' }).click();
await page.getByRole('button', { name: 'Amara Okafor' }).click();
await page.locator('[data-widget=feed] article').nth(8).waitFor();
await page.getByText('Live', { exact: true }).waitFor();
await page.screenshot({ path: join(import.meta.dirname, 'screenshot.png') });
await browser.close();
