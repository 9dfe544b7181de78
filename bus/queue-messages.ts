// Into Redis: one script, and so one round trip, for a batch.
import type { Redis } from 'ioredis';
import { FORMAT, streams } from '../bus/streams.ts';

/** How long a message's id is remembered: a second listener or the archive may bring it again. */
const SEEN_SECONDS = 72 * 3600;
/** Above this many unacknowledged messages the listener stops taking; the archive keeps the rest. */
export const WAITING_LIMIT = 200_000;

/** Remembers an id only once its message is added: whatever fails in between, no message is lost. */
const script = `
local waitingLimit, format, seenSeconds = tonumber(ARGV[1]), ARGV[2], ARGV[3]
if redis.call('XLEN', KEYS[1]) >= waitingLimit then return false end
local added = {}
for i = 2, #KEYS do
  if redis.call('EXISTS', KEYS[i]) == 1 then
    added[i - 1] = 0
  else
    redis.call('XADD', KEYS[1], '*', 'f', format, 'd', ARGV[i + 2])
    redis.call('SET', KEYS[i], '', 'EX', seenSeconds)
    added[i - 1] = 1
  end
end
return added`;

interface Scripted {
  queueMessages(keyCount: number, ...keysAndArguments: (string | number)[]): Promise<number[] | null>;
}

/**
 * Makes the function that adds messages to `hubs:bus`, unless their id was seen within 72 h.
 * It answers for each message whether it was added; null, and nothing done, when too many wait there already.
 */
export function openQueue(redis: Redis, waitingLimit = WAITING_LIMIT) {
  redis.defineCommand('queueMessages', { lua: script });
  const scripted = redis as Redis & Scripted;
  return async (messages: { id: string; text: string }[]): Promise<boolean[] | null> => {
    const added = await scripted.queueMessages(
      messages.length + 1,
      streams.bus,
      ...messages.map(({ id }) => `hubs:seen:${id}`),
      waitingLimit,
      FORMAT,
      SEEN_SECONDS,
      ...messages.map(({ text }) => text),
    );
    return added?.map((one) => one === 1) ?? null;
  };
}
