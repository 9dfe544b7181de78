import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { streams } from '../bus/streams.ts';
import { openPool, type Pool } from '../prisma/client.ts';
import { startSse } from '../sse/server.ts';
import { startArchive, type TestArchive } from '../testing/archive.ts';
import { openGate } from '../testing/gate.ts';
import { startPgbouncer } from '../testing/pgbouncer.ts';
import { openPublisher, type TestPublisher } from '../testing/publisher.ts';
import { callHubs, runHubs } from '../testing/run-hubs.ts';
import { skipUnless } from '../testing/skips.ts';
import {
  createDatabase,
  freePort,
  makeFolder,
  startTestRedis,
  type TestRedis,
  testContext,
} from '../testing/stores.ts';
import type { Finding } from './doctor/examine.ts';
import { judgeNode } from './doctor/versions.ts';

let server: TestRedis;
let redis: Redis;
let pool: Pool;
let bus: TestPublisher;
let archive: TestArchive;
let sse: Awaited<ReturnType<typeof startSse>>;
/** With these all is fine. */
let settings: Record<string, string>;
beforeAll(async () => {
  const url = await createDatabase();
  [server, bus, archive] = await Promise.all([startTestRedis(), openPublisher(), startArchive()]);
  redis = new Redis(server.url);
  redis.on('error', () => undefined);
  await redis.config('SET', 'appendonly', 'yes');
  pool = openPool(url);
  sse = await startSse(testContext({ databaseUrl: url, redisUrl: server.url }));
  const accounts = join(makeFolder('accounts'), 'accounts.yaml');
  writeFileSync(accounts, 'people: []\ngroups: []\n');
  settings = {
    DATABASE_URL: url,
    REDIS_URL: server.url,
    CACHE_URL: `file:${makeFolder('cache')}`,
    SSE_URL: `http://127.0.0.1:${sse.port}`,
    BUS_ENDPOINTS: bus.endpoint,
    ARCHIVE_URL: archive.url,
    ACCOUNTS_FILE: accounts,
  };
});
afterAll(async () => {
  await sse.stop();
  await archive.close();
  bus.close();
  redis.disconnect();
  await pool.end();
  await server.stop();
});

/** What is wrong, by check. */
async function examine(changed: Record<string, string> = {}, ...args: string[]) {
  const { code, out, err } = await callHubs(['doctor', '--json', ...args], { ...settings, ...changed });
  expect(err).toBe('');
  const findings: Finding[] = JSON.parse(out);
  const wrong = findings.filter(({ state }) => state === 'wrong');
  expect(code).toBe(wrong.length > 0 ? 1 : 0);
  for (const { why, remedy } of wrong) expect([why, remedy]).not.toContain('');
  return wrong.map(({ check, what }) => `${check}: ${what}`);
}

const matching = (...texts: RegExp[]) => texts.map((text) => expect.stringMatching(text));
const nowhere = async () => `127.0.0.1:${await freePort()}`;

test('where all is fine it says so, and ends with 0', async () => {
  expect(await examine()).toEqual([]);
  const { code, out } = await callHubs(['doctor'], settings);
  expect({ code, last: out.trimEnd().split('\n').at(-1) }).toEqual({ code: 0, last: 'All is fine.' });
  expect(out).toMatch(/^fine {5}connections +\d+ of \d+ for 3 processes$/m);
  expect((await callHubs(['doctor', '--quiet'], settings)).out).toBe('');
});

test('settings that are wrong are each named, with --quiet too', async () => {
  const { code, out } = await callHubs(['doctor', '--quiet'], {
    ...settings,
    LOG_LEVEL: 'loud',
    SSE_PORT: 'x',
  });
  expect(code).toBe(1);
  expect(out).toMatch(/^wrong +settings +LOG_LEVEL is not one of .*\n +Why: .*\n +Do: /m);
  expect(out).toMatch(/^wrong +settings +SSE_PORT is not a port number\.$/m);
});

describe('a store that is away is named, and what stands on it is skipped', () => {
  test('PostgreSQL', async () => {
    expect(await examine({ DATABASE_URL: `postgresql://hubs@${await nowhere()}/hubs` })).toEqual(
      matching(/^postgresql: .*ECONNREFUSED/, /^database url: .*ECONNREFUSED/, /^feeds: /),
    );
  });
  test('Redis', async () => {
    expect(await examine({ REDIS_URL: `redis://${await nowhere()}` })).toEqual(
      matching(/^redis: Redis does not answer \(ECONNREFUSED\)/),
    );
  });
  test('the pooler alone', async () => {
    const changed = {
      DATABASE_URL: `postgresql://hubs@${await nowhere()}/hubs`,
      DATABASE_DIRECT_URL: settings.DATABASE_URL ?? '',
    };
    expect(await examine(changed)).toEqual(matching(/^database url: .*ECONNREFUSED/, /^feeds: /));
  });
  test('the feeds in MongoDB', async () => {
    const url = `mongodb://${await nowhere()}/hubs?serverSelectionTimeoutMS=100`;
    expect(await examine({ FEEDS_URL: url })).toEqual(matching(/^feeds: /));
  });
  test('the cache in memcached', async () => {
    expect(await examine({ CACHE_URL: `memcached://${await nowhere()}` })).toEqual(
      matching(/^cache: memcached does not answer/),
    );
  });
});

describe('a service that is away is named', () => {
  test('sse, and another program in its place', async () => {
    expect(await examine({ SSE_URL: `http://${await nowhere()}` })).toEqual(
      matching(/^sse: SSE_URL .* does not answer \(ECONNREFUSED\)/),
    );
    expect(await examine({ SSE_URL: archive.url })).toEqual(matching(/^sse: .* that is another program/));
  });
  test('publishers and brokers of the bus', async () => {
    const changed = { BUS_ENDPOINTS: `tcp://${await nowhere()}`, BUS_AMQP_URL: `amqp://${await nowhere()}` };
    expect(await examine(changed)).toEqual(
      matching(
        /^bus: The broker of BUS_AMQP_URL .*ECONNREFUSED/,
        /^bus: tcp:.* does not answer \(ECONNREFUSED\)/,
      ),
    );
  });
  test('the archive', async () => {
    archive.faults.push(404);
    expect(await examine()).toEqual(
      matching(/^archive: The archive of ARCHIVE_URL does not answer as expected/),
    );
  });
  test('the accounts', async () => {
    expect(await examine({ ACCOUNTS_FILE: '/nowhere/accounts.yaml' })).toEqual(matching(/^accounts: /));
    const fasjson = { ACCOUNTS_FILE: '', FASJSON_URL: 'http://127.0.0.1:1/' };
    expect(await examine(fasjson)).toEqual(matching(/^accounts: /));
  });
  test('a provider of sign-in', async () => {
    const changed = {
      OIDC_PROVIDERS: 'meadow',
      OIDC_MEADOW_ISSUER: `http://${await nowhere()}`,
      OIDC_MEADOW_CLIENT_ID: 'hubs',
      OIDC_MEADOW_CLIENT_SECRET: 'secret',
    };
    expect(await examine(changed)).toEqual(matching(/^sign-in: The provider meadow /));
  });
});

describe('what is too old is named', () => {
  test('PostgreSQL', async () => {
    const url = new URL(settings.DATABASE_URL ?? '');
    const gate = await openGate({ host: url.hostname, port: Number(url.port) }, (text) =>
      text.replace(/\b1\d(?=\.\d)/g, '13'),
    );
    url.port = String(gate.port);
    expect(await examine({ DATABASE_URL: url.href }).finally(gate.shut)).toEqual(
      matching(/^postgresql version: PostgreSQL is 13\.\S+; Hubs needs 14 or newer/),
    );
  });
  test('Redis', async () => {
    const url = new URL(server.url);
    const gate = await openGate({ path: url.searchParams.get('path') ?? '' }, (text) =>
      text.replace(/(?<=redis_version:)\d/, '6'),
    );
    const changed = { REDIS_URL: `redis://:${url.password}@127.0.0.1:${gate.port}` };
    expect(await examine(changed).finally(gate.shut)).toEqual(
      matching(/^redis version: Redis is 6\.\S+; Hubs needs 7 or newer/),
    );
  });
  test('Node', () => {
    expect(judgeNode('22.11.0')).toMatchObject([{ what: 'Node is 22.11.0; Hubs needs 24 or newer.' }]);
    expect(judgeNode('24.0.0')).toBe('24.0.0');
  });
});

test('migrations that wait, and one that was edited, are named', async () => {
  const { rows } = await pool.query(
    `DELETE FROM _prisma_migrations WHERE migration_name = '051_absence' RETURNING *`,
  );
  await pool.query(
    `UPDATE _prisma_migrations SET checksum = reverse(checksum) WHERE migration_name = '020_owners'`,
  );
  const wrong = await examine();
  await pool.query(
    `UPDATE _prisma_migrations SET checksum = reverse(checksum) WHERE migration_name = '020_owners'`,
  );
  await pool.query(
    `INSERT INTO _prisma_migrations SELECT * FROM json_populate_record(NULL::_prisma_migrations, $1)`,
    [rows[0]],
  );
  expect(wrong).toEqual(
    matching(
      /^migrations: Migrations wait: 051_absence\./,
      /^migrations: .*edited or removed .*: 020_owners\./,
    ),
  );
});

skipUnless('pgbouncer')('a pooler by transactions', () => {
  test('is refused as the direct address, and is fine beside one', async () => {
    const direct = settings.DATABASE_URL ?? '';
    const pooler = await startPgbouncer(direct);
    try {
      expect(await examine({ DATABASE_URL: pooler.url })).toEqual(
        matching(/^direct address: DATABASE_DIRECT_URL leads through a pooler/),
      );
      expect(await examine({ DATABASE_URL: pooler.url, DATABASE_DIRECT_URL: direct })).toEqual([]);
    } finally {
      await pooler.stop();
    }
  });
});

test('connections are added up: of those that run, and of those that are meant to', async () => {
  expect(await examine({}, '--processes', '1000')).toEqual(
    matching(/^connections: 1000 processes may need 5000 connections; PostgreSQL has room for \d+/),
  );
  const name = new URL(settings.DATABASE_URL ?? '').pathname.slice(1);
  await pool.query(`ALTER DATABASE ${name} CONNECTION LIMIT 20`);
  expect(await examine()).toEqual([]);
  // A jobs process beats twice, as triage and as worker.
  for (const group of ['triage', 'worker']) await redis.set(`hubs:beat:${group}:a:1:x`, 1);
  await redis.set('hubs:beat:triage:a:2:y', 1);
  const wrong = await examine();
  await redis.del('hubs:beat:triage:a:1:x', 'hubs:beat:worker:a:1:x', 'hubs:beat:triage:a:2:y');
  await pool.query(`ALTER DATABASE ${name} CONNECTION LIMIT -1`);
  expect(wrong).toEqual(
    matching(/^connections: 5 processes may need 25 connections; .* room for 20 .*20 for this database/),
  );
});

test('a full disk, a folder that is not there, and a cache that can not be written are named', async () => {
  // A file system without a byte free.
  expect(await examine({ TMPDIR: '/proc' })).toEqual(
    matching(/^disk: .*temporary files \(\/proc\) has 0 MB/),
  );
  expect(await examine({ TMPDIR: '/nowhere' })).toEqual(
    matching(/^disk: .*\(\/nowhere\) can't be used \(ENOENT\)/),
  );
  expect(await examine({ CACHE_URL: 'file:/proc' })).toEqual(
    matching(/^cache: The cache's folder .* can't be written/, /^disk: .*folder of the cache .* has 0 MB/),
  );
});

test('a clock that is an hour off is named', async () => {
  const late = 'data:text/javascript,const now=Date.now;Date.now=()=>now()-3600000';
  const { code, out } = await runHubs(['doctor', '--quiet'], settings, ['--import', late]);
  expect(code).toBe(1);
  expect(out).toMatch(/^wrong +clock +The clock of PostgreSQL is 3600\.\d s ahead of this machine's\.$/m);
  expect(out).toMatch(/^wrong +clock +The clock of Redis is 3600\.\d s ahead of this machine's\.$/m);
});

test('what waits too long is named, in both streams and among the jobs', async () => {
  await redis.xadd(streams.bus, '1000-0', 'f', '1', 'd', '{}');
  await redis.xadd(streams.work, `${Date.now() - 600_000}-0`, 'f', '1', 'd', '{}');
  await redis.xadd(streams.work, '*', 'f', '1', 'd', '{}');
  await pool.query(`SELECT graphile_worker.add_job('load', run_at := now() - interval '1 hour')`);
  const wrong = await examine();
  await redis.del(streams.bus, streams.work);
  await pool.query('DELETE FROM graphile_worker._private_jobs');
  expect(wrong).toEqual(
    matching(
      /^queues: 1 item waits in hubs:bus, the oldest since \d+ years ago\./,
      /^queues: 2 items wait in hubs:work, the oldest since 10 min ago\./,
      /^queues: 1 item waits in the queue of jobs, the oldest since 1 h ago\./,
    ),
  );
});

test('a Redis that throws keys away, and one that keeps no log, are named', async () => {
  await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
  await redis.config('SET', 'appendonly', 'no');
  const wrong = await examine();
  await redis.config('SET', 'maxmemory-policy', 'noeviction');
  await redis.config('SET', 'appendonly', 'yes');
  expect(wrong).toEqual(
    matching(/^redis policy: .*\(maxmemory-policy allkeys-lru\)/, /^redis policy: .*\(appendonly no\)/),
  );
});
