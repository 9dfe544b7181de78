// Loaded values, kept between the job that loads them and the pages that show them. Each engine passes
// cache.conformance.ts. A lost value costs one load, never truth.

/** Keys have 1 to 250 printable ASCII characters, no space: what memcached takes. */
export interface Cache {
  /** Like all questions here it fails with CacheAway where the cache is on servers and none answers. */
  get(key: string): Promise<Buffer | null>;
  /** In the order of the keys; null where there is none. One round trip where the engine can. */
  getMany(keys: string[]): Promise<(Buffer | null)[]>;
  /** Replaces the whole value at once: a reader sees the old one or the new one. At most 1,000,000 bytes. */
  set(key: string, value: Buffer): Promise<void>;
  /** @returns whether there was one */
  delete(key: string): Promise<boolean>;
  /** A sentence saying why the cache can't be used now, or null. */
  wrong(): Promise<string | null>;
  close(): Promise<void>;
}

/** No server of the cache answers now: ask again later. */
export class CacheAway extends Error {}

export const VALUE_BYTES = 1_000_000;

/** The value is larger than any engine takes. */
export class ValueTooLarge extends Error {
  constructor(key: string, bytes: number) {
    super(`The value of ${key} has ${bytes} bytes; at most ${VALUE_BYTES} can be kept.`);
  }
}
