// Looks at everything Hubs stands on, one after the other; what can't be looked at says so.
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import pg from 'pg';
import type { Settings } from '../../settings/settings.ts';
import { openRedis } from '../open-redis.ts';
import { accounts } from './accounts.ts';
import { type Check, type Ground, judge, type Verdict } from './check.ts';
import { connections, directAddress, migrations } from './database.ts';
import { clock, disk } from './machine.ts';
import { queues, redisPolicy } from './queues.ts';
import { archive, bus, signIn, sse } from './services.ts';
import { cache, feeds, pooledDatabase } from './stores.ts';
import { nodeVersion, postgresVersion, redisVersion } from './versions.ts';

export interface Finding {
  check: string;
  /** `skipped`: it stands on something that is wrong itself. */
  state: 'fine' | 'wrong' | 'skipped';
  /** What was seen, what is wrong, or why it was skipped. */
  what: string;
  why?: string;
  remedy?: string;
}

const checks: Check[] = [
  nodeVersion,
  pooledDatabase,
  postgresVersion,
  migrations,
  directAddress,
  connections,
  redisVersion,
  redisPolicy,
  queues,
  feeds,
  cache,
  sse,
  bus,
  archive,
  accounts,
  signIn,
  disk,
  clock,
];

const CHECK_MS = 15_000;
const CONNECT_MS = 5_000;

const caught = (error: Error): Error => error;

/**
 * @param given.processes how many are meant to run; as many as run now where it is left out
 * @param onCheck hears the name of what is looked at now
 */
export async function examine(
  given: { settings: Settings; processes?: number },
  onCheck: (name: string) => void,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const add = (check: string, verdict: Verdict) => {
    if (typeof verdict === 'string') findings.push({ check, state: 'fine', what: verdict });
    else findings.push(...verdict.map((wrong): Finding => ({ check, state: 'wrong', ...wrong })));
  };
  onCheck('the stores');
  const [postgres, redis] = await Promise.all([
    connectPostgres(given.settings.DATABASE_DIRECT_URL).catch(caught),
    openRedis(given.settings.REDIS_URL).catch(caught),
  ]);
  try {
    add('postgresql', judgePostgres(postgres));
    add('redis', judgeRedis(redis));
    const ground = {
      ...given,
      ...(postgres instanceof Error ? {} : { postgres }),
      ...(redis instanceof Error ? {} : { redis }),
    };
    for (const { name, needs, look } of checks) {
      onCheck(name);
      const missing = needs.filter((need) => !(need in ground));
      if (missing.length > 0)
        findings.push({ check: name, state: 'skipped', what: `needs ${missing.join(' and ')}` });
      // All that it needs is there, as was just seen.
      else add(name, await withinTime(look(ground as Ground)));
    }
    return findings;
  } finally {
    if (!(redis instanceof Error)) redis.disconnect();
    if (!(postgres instanceof Error)) await postgres.end();
  }
}

async function connectPostgres(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: CHECK_MS,
  });
  client.on('error', () => undefined); // the next question says it
  await client.connect();
  return client;
}

const judgePostgres = (postgres: pg.Client | Error): Verdict =>
  judge(
    postgres instanceof Error
      ? `DATABASE_DIRECT_URL can't be used: ${postgres.message || 'no answer'}.`
      : null,
    'answers',
    'Nothing works without it.',
    'Start PostgreSQL, or correct DATABASE_URL and DATABASE_DIRECT_URL.',
  );

const judgeRedis = (redis: Redis | Error): Verdict =>
  judge(
    redis instanceof Error ? redis.message : null,
    'answers',
    'Nothing new comes in, and open pages are not told of changes in feeds.',
    'Start Redis, or correct REDIS_URL.',
  );

/** What a check throws, and that it does not end, is wrong as well. */
async function withinTime(looking: Promise<Verdict>): Promise<Verdict> {
  const late = new AbortController();
  const unlooked = (what: string): Verdict => [
    {
      what,
      why: 'It can not be told whether it is fine.',
      remedy: 'Mend what the sentence names, and look again.',
    },
  ];
  try {
    return await Promise.race([
      looking,
      delay(CHECK_MS, unlooked(`No answer within ${CHECK_MS / 1_000} s.`), { signal: late.signal }),
    ]);
  } catch (error) {
    return unlooked(`The check failed: ${(error as Error).message}.`);
  } finally {
    late.abort();
  }
}
