// When silence means death. A clock that jumps ends every beat at once, and a store that comes back has none yet: the
// living beat again within BEAT_MS, so whoever is silent for that long more, with the store there, is dead.
import type { Settings } from '../settings/settings.ts';

export interface Judge {
  /** Those of the silent that are dead; asked at every look. */
  dead(silent: string[]): string[];
  /** The store was away: nobody is dead until all had the time to come back. */
  doubt(): void;
}

/** @param now milliseconds that only go forward; another clock in tests */
export function judgeSilence(
  { BEAT_MS, SILENCE_MS }: Pick<Settings, 'BEAT_MS' | 'SILENCE_MS'>,
  now: () => number = () => performance.now(),
): Judge {
  let since = new Map<string, number>();
  let doubtUntil = Number.NEGATIVE_INFINITY;
  return {
    dead(silent) {
      const at = now();
      if (at < doubtUntil) return [];
      since = new Map(silent.map((name) => [name, since.get(name) ?? at]));
      return silent.filter((name) => at - (since.get(name) ?? at) >= BEAT_MS);
    },
    doubt() {
      doubtUntil = now() + SILENCE_MS;
      since = new Map();
    },
  };
}

/** Calls `tick` at once and every BEAT_MS. A process that was stopped or starved for SILENCE_MS ends by `onSilence`. */
export function beatEvery(
  { BEAT_MS, SILENCE_MS }: Pick<Settings, 'BEAT_MS' | 'SILENCE_MS'>,
  tick: () => Promise<void>,
  onSilence: () => void,
): { stop(): void } {
  let tickedAt = performance.now();
  let isTicking = false;
  const run = async () => {
    if (isTicking) return; // the store has not answered yet
    isTicking = true;
    await tick();
    isTicking = false;
  };
  void run();
  const timer = setInterval(() => {
    const lateMs = performance.now() - tickedAt;
    tickedAt = performance.now();
    if (lateMs > SILENCE_MS) onSilence();
    else void run();
  }, BEAT_MS);
  return { stop: () => clearInterval(timer) };
}
