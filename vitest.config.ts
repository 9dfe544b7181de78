import { defineConfig } from 'vitest/config';

const notOurs = ['node_modules/**', '.node/**', '.next/**', '.data/**', 'e2e/**'];
const integration = ['**/*.integration.test.ts'];

export default defineConfig({
  test: {
    globalSetup: ['testing/global-setup.ts'],
    // Much of it is waiting: on two cores, too, two files go side by side.
    maxWorkers: 2,
    // docs/decisions/036: what passes only then is named at the end.
    retry: process.env.CI === 'true' ? 1 : 0,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...notOurs, ...integration],
          // Half of the time would be imports, the same ones for each file.
          isolate: false,
        },
      },
      // They start programs, or stop servers for a while: slow, and more so on a busy machine.
      {
        extends: true,
        test: { name: 'integration', include: integration, exclude: notOurs, testTimeout: 120_000 },
      },
    ],
  },
});
