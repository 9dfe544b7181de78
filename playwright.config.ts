import { defineConfig } from '@playwright/test';
import { findOnPath } from './local/find-on-path.ts';

const chromium = findOnPath('chromium', 'chromium-browser', 'google-chrome');

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/global-setup.ts',
  outputDir: 'test-results',
  // Each test runs a whole Hubs of its own: five processes, a Redis, a browser. Much of it is waiting, so two go side by
  // side on two cores.
  workers: 2,
  fullyParallel: true,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  // docs/decisions/036: what passes only then is named at the end.
  retries: process.env.CI === 'true' ? 1 : 0,
  forbidOnly: process.env.CI === 'true',
  reporter: 'list',
  use: {
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage'],
        ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
      ],
    },
  },
});
