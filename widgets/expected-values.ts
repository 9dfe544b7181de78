// The loaded values that pages expect: PostgreSQL knows them, for no cache can be asked for all it has (memcached).
import type { Cache } from '../cache/cache.ts';
import type { HubType } from '../hubs/find-hub.ts';
import type { Pool } from '../prisma/client.ts';
import type { Loaded } from './kind.ts';
import { findKind } from './registry.ts';

/** A widget that shows a loaded value. */
export interface LoadingWidget {
  id: number;
  kind: string;
  hub: { type: HubType; name: string };
  valueKey: string;
  /** Nobody loads for an archived hub. */
  archived: boolean;
}

/** A value that is cached, without what it says. */
export interface CachedValue {
  bytes: number;
  /** When it was loaded, milliseconds since 1970. */
  asOf: number;
}

/** The widgets of installed kinds that have something to load, by their ids. */
export async function listLoadingWidgets(pool: Pool): Promise<LoadingWidget[]> {
  const { rows } = await pool.query<LoadingWidget>(
    `SELECT widget.id, widget.kind, widget.value_key AS "valueKey", hub.archived_at IS NOT NULL AS archived,
       json_build_object('type', hub.type, 'name', hub.name) AS hub
     FROM widget JOIN hub ON hub.id = widget.hub_id WHERE widget.value_key IS NOT NULL ORDER BY widget.id`,
  );
  return rows.filter((row) => findKind(row.kind)?.loader);
}

/** Values have at most 1 MB: so many are held at a time. */
const PROBED_AT_ONCE = 50;

/**
 * Which of the keys have a value. Where only the reason is kept why none came, there is none.
 * @param onProbed hears how many keys have been asked for
 */
export async function probeValues(
  cache: Cache,
  keys: string[],
  onProbed: (count: number) => void = () => undefined,
): Promise<Map<string, CachedValue>> {
  const found = new Map<string, CachedValue>();
  for (let start = 0; start < keys.length; start += PROBED_AT_ONCE) {
    const some = keys.slice(start, start + PROBED_AT_ONCE);
    for (const [at, bytes] of (await cache.getMany(some)).entries()) {
      const asOf = bytes && readAsOf(bytes);
      if (bytes && asOf) found.set(some[at] ?? '', { bytes: bytes.length, asOf });
    }
    onProbed(start + some.length);
  }
  return found;
}

export interface Coverage {
  found: number;
  missing: number;
}

/**
 * How many of the values that pages expect are cached; what several widgets show counts once.
 * @param onProbed hears how many values of how many have been asked for
 */
export async function measureCoverage(
  pool: Pool,
  cache: Cache,
  onProbed: (count: number, all: number) => void = () => undefined,
): Promise<Coverage> {
  const widgets = (await listLoadingWidgets(pool)).filter(({ archived }) => !archived);
  const keys = [...new Set(widgets.map(({ valueKey }) => valueKey))];
  const { size: found } = await probeValues(cache, keys, (count) => onProbed(count, keys.length));
  return { found, missing: keys.length - found };
}

function readAsOf(bytes: Buffer): number | undefined {
  try {
    return (JSON.parse(bytes.toString()) as Loaded).value?.asOf;
  } catch {
    return undefined; // a page can't read it either: the next load replaces it
  }
}
