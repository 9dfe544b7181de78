// Into Redis: one script, and so one round trip, for a batch. What becomes of each message is counted in the same step,
// so that a count and what it counts are there together or not at all.
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { FORMAT, streams } from '../bus/streams.ts';

/** How long a message's id is remembered: a second listener or the archive may bring it again. */
const SEEN_SECONDS = 72 * 3600;
/** Above this many unacknowledged messages the listener stops taking; the archive keeps the rest. */
export const WAITING_LIMIT = 200_000;
/** Counts that PostgreSQL does not have yet: `<hour> <service> <outcome>` and how many (ledger/counts.ts). */
export const ledgerKey = 'hubs:ledger';
/** Longer than any absence of Redis that a listener survives. */
const ANSWER_SECONDS = 24 * 3600;

/**
 * Remembers an id only once its message is added: whatever fails in between, no message is lost. A batch whose answer was
 * lost with the connection is sent again by ioredis; it gets the same answer, and nothing is done or counted twice.
 */
const script = `
local waitingLimit, format, seenSeconds, batch = tonumber(ARGV[1]), ARGV[2], ARGV[3], ARGV[4]
local bus, ledger, given = KEYS[1], KEYS[2], KEYS[3]
if redis.call('HGET', given, 'batch') == batch then return redis.call('HGET', given, 'answer') end
if #KEYS > 3 and redis.call('XLEN', bus) >= waitingLimit then return false end
local counts, answer, at = {}, {}, 5
for i = 4, #KEYS do
  local text, place = ARGV[at], ARGV[at + 1]
  at = at + 2
  local seen, fate = redis.call('GET', KEYS[i]), 'duplicate'
  if not seen then
    fate = 'junk'
    if text ~= '' then
      redis.call('XADD', bus, '*', 'f', format, 'd', text)
      fate = 'queued'
    end
    redis.call('SET', KEYS[i], place == '' and 'own' or '', 'EX', seenSeconds)
  elseif seen == 'own' and place ~= '' then
    fate = 'own'
    redis.call('SET', KEYS[i], '', 'EX', seenSeconds)
  end
  answer[#answer + 1] = fate
  if place ~= '' then
    local field = place .. ' ' .. fate
    counts[field] = (counts[field] or 0) + 1
  end
end
for i = at, #ARGV, 2 do counts[ARGV[i]] = (counts[ARGV[i]] or 0) + tonumber(ARGV[i + 1]) end
for field, n in pairs(counts) do redis.call('HINCRBY', ledger, field, n) end
local words = table.concat(answer, ' ')
redis.call('HSET', given, 'batch', batch, 'answer', words)
redis.call('EXPIRE', given, ${ANSWER_SECONDS})
return words`;

interface Scripted {
  queueMessages(keyCount: number, ...keysAndArguments: (string | number)[]): Promise<string | null>;
}

export interface BusMessage {
  id: string;
  /** As JSON; '' for junk, which is only counted and remembered. */
  text: string;
  /** Where it is counted, hour and service (ledger/outcomes.ts). Hubs' own events have none: they did not come by the bus. */
  place?: string;
}

/** `own`: Hubs' own event, which was there before the bus brought it. */
export type QueueFate = 'queued' | 'duplicate' | 'own' | 'junk';

/**
 * Makes the function that adds messages to `hubs:bus`, unless their id was seen within 72 h, and adds further counts to
 * the ledger. It answers what became of each message; null, and nothing done, when too many wait there already.
 */
export function openQueue(redis: Redis, waitingLimit = WAITING_LIMIT) {
  redis.defineCommand('queueMessages', { lua: script });
  const scripted = redis as Redis & Scripted;
  const answerKey = `hubs:answer:${randomUUID()}`;
  let batch = 0;
  // One at a time, for one answer is kept.
  let before: Promise<unknown> = Promise.resolve();

  async function add(messages: BusMessage[], counts: Map<string, number>): Promise<QueueFate[] | null> {
    batch += 1;
    const answer = await scripted.queueMessages(
      messages.length + 3,
      streams.bus,
      ledgerKey,
      answerKey,
      ...messages.map(({ id }) => `hubs:seen:${id}`),
      waitingLimit,
      FORMAT,
      SEEN_SECONDS,
      batch,
      ...messages.flatMap(({ text, place = '' }) => [text, place]),
      ...[...counts].flat(),
    );
    if (answer === null) return null;
    return messages.length === 0 ? [] : (answer.split(' ') as QueueFate[]);
  }

  return (messages: BusMessage[], counts = new Map<string, number>()): Promise<QueueFate[] | null> => {
    const added = before.then(() => add(messages, counts));
    before = added.catch(() => undefined); // heard by whoever added
    return added;
  };
}
