// A consumer shows that it lives by a key in Redis that runs out after SILENCE_MS; peers take over from the silent.
import type { Redis } from 'ioredis';
import type { Settings } from '../settings/settings.ts';
import { beatEvery, type Judge } from './silence.ts';

export const beatKey = (group: string, consumer: string) => `hubs:beat:${group}:${consumer}`;

/**
 * Beats at once and every BEAT_MS.
 * @param redis a connection that waits for a Redis that is away
 * @param judge hears of Redis' absences
 * @param onSilence called when this process was stopped or starved so long that peers may have taken over what it
 *   holds: it must not go on as if nothing had happened
 */
export function startBeat(
  { redis, key, judge }: { redis: Redis; key: string; judge: Judge },
  settings: Pick<Settings, 'BEAT_MS' | 'SILENCE_MS'>,
  onSilence: () => void,
): { stop(): void } {
  const doubt = () => judge.doubt();
  redis.on('close', doubt);
  const beat = async () => {
    const askedAt = performance.now();
    // A full Redis refuses; one that was away or hung answers late.
    await redis.set(key, '1', 'PX', settings.SILENCE_MS).catch(doubt);
    if (performance.now() - askedAt > settings.BEAT_MS) doubt();
  };
  return beatEvery(settings, beat, onSilence);
}
