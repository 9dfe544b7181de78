// A consumer shows that it lives by a key in Redis that runs out after SILENCE_MS; peers take over from the silent.
import type { Redis } from 'ioredis';
import type { Log } from '../runtime/log.ts';
import type { Settings } from '../settings/settings.ts';

export const beatKey = (group: string, consumer: string) => `hubs:beat:${group}:${consumer}`;

export interface Beat {
  /** Ends it, and says so to the peers. */
  stop(): Promise<void>;
  /** Ends it without a word, where Redis may be away. */
  end(): void;
}

/**
 * Beats at once and every BEAT_MS.
 * @param onSilence called when this process itself was silent so long that peers may have taken over what it holds,
 *   although Redis was there: it was stopped or starved, and must not go on as if nothing had happened
 */
export async function startBeat(
  { redis, group, consumer, log }: { redis: Redis; group: string; consumer: string; log: Log },
  { BEAT_MS, SILENCE_MS }: Pick<Settings, 'BEAT_MS' | 'SILENCE_MS'>,
  onSilence: () => void,
): Promise<Beat> {
  const key = beatKey(group, consumer);
  let last = performance.now();
  let redisWasAway = false;
  const beat = async () => {
    try {
      await redis.set(key, '1', 'PX', SILENCE_MS);
      const silentMs = performance.now() - last;
      if (silentMs > SILENCE_MS && !redisWasAway) onSilence();
      last = performance.now();
      redisWasAway = false;
    } catch (error) {
      if (!redisWasAway) log.warn({ err: error }, 'can not beat: Redis does not answer');
      redisWasAway = true;
    }
  };
  await beat();
  const timer = setInterval(beat, BEAT_MS);
  const end = () => clearInterval(timer);
  return {
    end,
    async stop() {
      end();
      await redis.del(key).catch(() => undefined); // it runs out by itself
    },
  };
}
