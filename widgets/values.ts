// Loaded values: what a loader brought, shared by every widget with the same settings.
import { createHash } from 'node:crypto';
import type { Cache } from '../cache/cache.ts';
import type { HubInfo } from '../hubs/find-hub.ts';
import type { Pool } from '../prisma/client.ts';
import type { AnyKind, Loaded } from './kind.ts';

/** What a widget's loader reads, or null where the kind loads nothing or these settings leave nothing to load. */
export function partOf(kind: AnyKind, settings: unknown, hub: HubInfo): unknown {
  return kind.loader?.part(kind.settings.parse(settings), hub) ?? null;
}

/** `<kind>/v<version>/<hash of what the loader reads>`: equal parts share one value, whatever their widgets. */
export function valueKey(kind: AnyKind, part: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(part)).digest('base64url').slice(0, 22);
  return `${kind.kind}/v${kind.loader?.version}/${hash}`;
}

/** The values in the order of the keys, in one round trip; null where nothing was ever loaded. */
export async function readValues(cache: Cache, keys: string[]): Promise<(Loaded | null)[]> {
  if (keys.length === 0) return [];
  const found = await cache.getMany(keys);
  return found.map((bytes) => (bytes ? JSON.parse(bytes.toString()) : null));
}

export const writeValue = (cache: Cache, key: string, loaded: Loaded): Promise<void> =>
  cache.set(key, Buffer.from(JSON.stringify(loaded)));

/** After a load that ended in failure, looking asks again at most this often. */
const ASK_AGAIN_MS = 60_000;

/** Whether somebody who looks now should have it loaded: there is none, or it is old, and no try is due anyway. */
export function needsLoad(loaded: Loaded | null, maxAgeMs: number, now: number): boolean {
  if (loaded?.failure?.retryAt !== undefined) return loaded.failure.retryAt < now - ASK_AGAIN_MS;
  if (loaded?.failure) return loaded.failure.at < now - ASK_AGAIN_MS;
  return !loaded?.value || loaded.value.asOf < now - maxAgeMs;
}

/**
 * Makes sure that a load of each value is waiting: one job per value. A job that waits, also one that failed and waits
 * for its next try, will bring what is new; one that already runs may not, so another is added behind it.
 */
export async function askForLoads(pool: Pool, keys: string[], tries: number): Promise<void> {
  if (keys.length === 0) return;
  await pool.query(
    `SELECT graphile_worker.add_job('load', json_build_object('key', asked.key), job_key := asked.key, max_attempts := $2)
     FROM (SELECT DISTINCT unnest($1::text[]) AS key) asked
     WHERE NOT EXISTS (
       SELECT FROM graphile_worker.jobs waiting
       WHERE waiting.key = asked.key AND waiting.locked_at IS NULL AND waiting.attempts < waiting.max_attempts)`,
    [keys, tries],
  );
}
