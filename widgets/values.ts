// Loaded values: what a loader brought, shared by every widget with the same settings.
import { createHash } from 'node:crypto';
import type { Cache } from '../cache/cache.ts';
import type { HubInfo } from '../hubs/find-hub.ts';
import type { Validators } from '../upstreams/fetch.ts';
import type { AnyKind, Loaded } from './kind.ts';

/** What a widget's loader reads, or null where the kind loads nothing or these settings leave nothing to load. */
export function partOf(kind: AnyKind, settings: unknown, hub: HubInfo): unknown {
  return kind.loader?.part(kind.settings.parse(settings), hub) ?? null;
}

/** A host's name may be longer than what memcached takes for a key. */
const NAME_LENGTH = 100;

/** `<kind>/v<version>/<whom it asks>/<hash of what the loader reads>`: equal parts share one value, whatever their widgets. */
export function valueKey(kind: AnyKind, part: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(part)).digest('base64url').slice(0, 22);
  return `${kind.kind}/v${kind.loader?.version}/${kind.loader?.asks(part).slice(0, NAME_LENGTH)}/${hash}`;
}

/** Whom the load of a value asks (Loader.asks). */
export const askedFor = (key: string): string => key.split('/')[2] ?? '';

/** A value as the cache has it. */
export interface Kept extends Loaded {
  /** Of the answer that it was made of, and when that came whole (milliseconds since 1970). */
  validators?: Validators & { wholeAt: number };
}

/** For jobs: the value with what is not for browsers. */
export async function readKept(cache: Cache, key: string): Promise<Kept> {
  const bytes = await cache.get(key);
  return bytes ? JSON.parse(bytes.toString()) : {};
}

/** The values in the order of the keys, in one round trip; null where nothing was ever loaded. */
export async function readValues(cache: Cache, keys: string[]): Promise<(Loaded | null)[]> {
  if (keys.length === 0) return [];
  const found = await cache.getMany(keys);
  return found.map((bytes) => {
    if (!bytes) return null;
    const { validators: _, ...loaded }: Kept = JSON.parse(bytes.toString());
    return loaded;
  });
}

export const writeValue = (cache: Cache, key: string, kept: Kept): Promise<void> =>
  cache.set(key, Buffer.from(JSON.stringify(kept)));

/** After a load that ended in failure, looking asks again at most this often. */
const ASK_AGAIN_MS = 60_000;

/**
 * Whether somebody who looks now should have it loaded: there is none, or it is old, and no try is due anyway.
 * @param staleAt when a message changed it while nobody looked
 */
export function needsLoad(loaded: Loaded | null, maxAgeMs: number, staleAt: number, now: number): boolean {
  if (loaded?.failure?.retryAt !== undefined) return loaded.failure.retryAt < now - ASK_AGAIN_MS;
  if (loaded?.failure) return loaded.failure.at < now - ASK_AGAIN_MS;
  return !loaded?.value || loaded.value.asOf < now - maxAgeMs || loaded.value.asOf < staleAt;
}
