// A whole Hubs for one test: real stores, real processes, a publisher on ZeroMQ, a forum that stands in for Discourse.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { Redis } from 'ioredis';
import pg from 'pg';
import { serveProvider } from '../demo/provider/serve.ts';
import { freePort } from '../local/ports.ts';
import { createDatabaseOnce, startPostgres } from '../local/postgres.ts';
import { startRedis } from '../local/redis.ts';
import { findRedis } from '../local/redis-program.ts';
import { runTool } from '../local/run-tool.ts';
import { openPublisher, type TestPublisher } from '../testing/publisher.ts';
import { withDatabase } from '../testing/template.ts';
import { accounts } from './accounts.ts';
import { type Fedocal, openFedocal } from './fedocal.ts';
import { type Forum, openForum } from './forum.ts';
import { openProcesses, type Processes, root } from './processes.ts';

export { expect } from '@playwright/test';

const clientSecret = 'between the two of them';

interface TestServer {
  url: string;
  stop(): Promise<void>;
  /** Starts it again at the same address; a Redis is empty then. */
  start(): Promise<void>;
}

interface Fixtures {
  /** What a spec's processes have beside or instead of the usual settings. */
  settings: Record<string, string>;
  /** Holds what the test writes; removed after it. */
  folder: string;
  /** A migrated database with the people and teams of accounts.ts. */
  databaseUrl: string;
  database: pg.Pool;
  redis: TestServer;
  /** A connection of the test's own. */
  redisClient: Redis;
  bus: TestPublisher;
  forum: Forum;
  fedocal: Fedocal;
  providerPort: number;
  /** All of them started and ready, the web at the test's base address. */
  hubs: Processes;
  /** Where everybody of accounts.ts signs in by one click; `signIn` in sign-in.ts does. */
  provider: { issuer: string };
}

interface WorkerFixtures {
  /** Starts again with what it held. */
  postgres: TestServer;
  postgresUrl: string;
  /** What each test copies: migrated and seeded once. Nobody connects to it. */
  template: string;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  postgres: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it that nothing else is needed
    async ({}, use) => {
      const folder = makeFolder();
      const options = { dir: join(folder, 'postgres'), port: await freePort(), settings: ['fsync=off'] };
      let server = await startPostgres(options);
      await use({
        url: server.url,
        stop: () => server.stop(),
        start: async () => {
          server = await startPostgres(options);
        },
      });
      await server.stop();
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  postgresUrl: [async ({ postgres }, use) => use(postgres.url), { scope: 'worker' }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it that nothing else is needed
  folder: async ({}, use) => {
    const folder = makeFolder();
    await use(folder);
    rmSync(folder, { recursive: true });
  },
  template: [
    async ({ postgresUrl }, use) => {
      const folder = makeFolder();
      const name = 'hubs_template';
      const url = withDatabase(postgresUrl, name);
      await createDatabaseOnce(url);
      const accountsFile = join(folder, 'accounts.yaml');
      writeFileSync(accountsFile, JSON.stringify(accounts));
      const env = {
        ...process.env,
        DATABASE_URL: url,
        REDIS_URL: 'redis://none',
        ACCOUNTS_FILE: accountsFile,
      };
      for (const command of ['migrate', 'seed'])
        await runTool(`hubs db ${command}`, process.execPath, ['cli/main.ts', 'db', command], {
          cwd: root,
          env,
        });
      // Its hubs are not new: what was promised when they were made, such as to tell browsers, would come at some time in a test.
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query('SELECT graphile_worker.complete_jobs(array_agg(id)) FROM graphile_worker.jobs');
      await client.end();
      rmSync(folder, { recursive: true });
      await use(name);
    },
    { scope: 'worker' },
  ],
  databaseUrl: async ({ postgresUrl, template }, use) => {
    const name = `hubs_${Date.now()}`;
    const client = new pg.Client({ connectionString: postgresUrl });
    await client.connect();
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
    await client.end();
    await use(withDatabase(postgresUrl, name));
  },
  database: async ({ databaseUrl }, use) => {
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
    await use(pool);
    await pool.end();
  },
  redis: async ({ folder }, use) => {
    const options = {
      program: await findRedis(join(root, '.data'), console.error),
      dir: join(folder, 'redis'),
      port: await freePort(),
      durable: false,
    };
    let server = await startRedis(options);
    await use({
      url: server.url,
      stop: () => server.stop(),
      start: async () => {
        server = await startRedis(options);
      },
    });
    await server.stop();
  },
  redisClient: async ({ redis }, use) => {
    const client = new Redis(redis.url);
    await use(client);
    client.disconnect();
  },
  bus: async ({ folder: _ }, use) => {
    const bus = await openPublisher();
    await use(bus);
    bus.close();
  },
  forum: async ({ folder: _ }, use) => {
    const forum = await openForum();
    await use(forum);
    await forum.close();
  },
  fedocal: async ({ folder: _ }, use) => {
    const fedocal = await openFedocal();
    await use(fedocal);
    await fedocal.close();
  },
  settings: {},
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it that nothing else is needed
  providerPort: async ({}, use) => use(await freePort()),
  hubs: async (
    { folder, databaseUrl, redis, bus, forum, fedocal, providerPort, settings },
    use,
    testInfo,
  ) => {
    const hubs = await openProcesses(folder, {
      DATABASE_URL: databaseUrl,
      REDIS_URL: redis.url,
      CACHE_URL: `file:${join(folder, 'cache')}`,
      BUS_ENDPOINTS: bus.endpoint,
      DISCOURSE_URL: forum.url,
      FEDOCAL_URL: fedocal.url,
      OIDC_PROVIDERS: 'meadow',
      OIDC_MEADOW_ISSUER: `http://127.0.0.1:${providerPort}`,
      OIDC_MEADOW_CLIENT_ID: 'hubs',
      OIDC_MEADOW_CLIENT_SECRET: clientSecret,
      OIDC_MEADOW_LABEL: 'Meadow',
      ...settings,
    });
    try {
      await Promise.all([hubs.startAll(), bus.hasSubscribers(1)]);
      await use(hubs);
    } finally {
      await hubs.stopAll();
      if (testInfo.status !== testInfo.expectedStatus)
        for (const { name, output } of hubs.logs()) await testInfo.attach(name, { body: output });
    }
  },
  // Hubs looks for it only when somebody signs in; it must know first where Hubs is.
  provider: async ({ hubs, providerPort: port }, use) => {
    const provider = await serveProvider({
      ...{ host: '127.0.0.1', port, clientId: 'hubs', clientSecret, baseUrl: hubs.url },
      people: accounts.people.map(({ username, human_name }) => ({
        username,
        fullName: human_name,
        groups: [],
      })),
    });
    await use(provider);
    await provider.close();
  },
  baseURL: async ({ hubs }, use) => use(hubs.url),
});

/** Below it PostgreSQL's folder lies, which belongs to nobody when root runs the tests. */
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hubs-e2e-'));
  chmodSync(folder, 0o711);
  return folder;
}
