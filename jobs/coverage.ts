// Which share of the expected values is cached. To ask the cache for each of them takes a while, so one worker does it for
// all, now and then, and only where somebody asks.
import type { Redis } from 'ioredis';
import type { Registry } from 'prom-client';
import type { Log } from '../runtime/log.ts';
import { openMeasure } from '../runtime/measure.ts';
import { type Coverage, measureCoverage } from '../widgets/expected-values.ts';
import type { JobStores } from './job-stores.ts';

type Stores = Pick<JobStores, 'pool' | 'cache' | 'redis'>;

const EVERY_SECONDS = 600;

const key = 'hubs:coverage';
/** Goes when it may be measured again. */
const measuredKey = 'hubs:coverage:measured';

/** Nothing found and nothing missing where it was not measured since Redis was empty. */
async function readCoverage(redis: Redis): Promise<Coverage> {
  const { found = 0, missing = 0 } = await redis.hgetall(key);
  return { found: Number(found), missing: Number(missing) };
}

/** Measures it, unless somebody did within 10 minutes. */
async function renewCoverage({ pool, cache, redis }: Stores): Promise<void> {
  const isOurs = await redis.set(measuredKey, '1', 'EX', EVERY_SECONDS, 'NX');
  if (isOurs) await redis.hset(key, { ...(await measureCoverage(pool, cache)) });
}

/** The gauge shows what was found last; that it is asked for has it renewed. */
export function measureCache(metrics: Registry, log: Log, stores: Stores): void {
  const measure = openMeasure(metrics, async () => {
    const coverage = await readCoverage(stores.redis);
    renewCoverage(stores).catch((error) =>
      log.warn({ err: error }, 'the coverage of the cache could not be measured'),
    );
    return coverage;
  });
  measure.each(
    'hubs_cache_values',
    'Loaded values that pages expect, by whether the cache had them when it was last asked for all of them.',
    { label: 'state', words: ['found', 'missing'] },
    (coverage) => coverage,
  );
}
