// A cache that is away is no load's fault: while it lasts none starts, for what a service says could not be kept.
import type { Cache } from '../cache/cache.ts';

export interface CacheAbsence {
  /** A load found the cache away. */
  notice(): void;
  /** As far as is known now; it is asked meanwhile whether it is back, and only then. */
  lasts(): boolean;
}

export function openCacheAbsence(cache: Cache): CacheAbsence {
  let isAway = false;
  let isAsked = false;

  async function ask(): Promise<void> {
    isAsked = true;
    isAway = (await cache.wrong()) !== null;
    isAsked = false;
  }

  return {
    notice() {
      isAway = true;
    },
    lasts() {
      if (isAway && !isAsked) void ask();
      return isAway;
    },
  };
}
