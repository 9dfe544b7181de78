// How many loads may ask one service at once, and when none may: for all processes together, so it is kept in Redis.
// A service that fails again and again is left alone, longer each time; one load then tries whether it is back.
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { askedFlag, loadFlag } from '../widgets/ask-for-loads.ts';

/** Failures in a row before it is left alone. */
const FAILURES = 5;
const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 600_000;
/** How long a load without a place stands at the door, and how often it asks: most services answer in no time. */
const AT_DOOR_MS = 250;
const AGAIN_MS = 20;
/** A Redis that does not answer within that is away. */
const ANSWER_MS = 1_000;
/** Who leaves looks for the next job at once, and need not ask again who is there. */
const HEARD_MS = 10;
/** What is known of a service that nobody asks is forgotten after that, and after its rest. */
const KNOWN_MS = 86_400_000;

/** `<service> <load>`, each until a time when it has ended: what a dead process holds frees itself. */
const runningKey = 'hubs:loading';
const serviceKey = (service: string) => `hubs:service:${service}`;

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

const enterScript = `${NOW}
local service, load, hold, limit = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local known = redis.call('HMGET', KEYS[2], 'askedUntil', 'brokenUntil', 'sentence')
local rest = math.max(tonumber(known[1] or 0), tonumber(known[2] or 0)) - now
if rest > 0 then return {'rests', rest, known[3] or ''} end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local running = 0
for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if string.sub(member, 1, #service + 1) == service .. ' ' then running = running + 1 end
end
if running >= limit then return {'busy'} end
redis.call('ZADD', KEYS[1], now + hold, service .. ' ' .. load)
-- The rest of a broken one is over: the others wait for what this load finds.
if known[2] then redis.call('HSET', KEYS[2], 'brokenUntil', now + hold, 'probe', load) end
return {'enters'}`;

const leaveScript = `${NOW}
local service, load, outcome, asked, sentence = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
redis.call('ZREM', KEYS[1], service .. ' ' .. load)
local broken, probe = unpack(redis.call('HMGET', KEYS[2], 'brokenUntil', 'probe'))
if outcome == 'answered' then redis.call('HDEL', KEYS[2], 'failures', 'brokenUntil', 'probe') end
-- Loads that were under way when it broke say nothing new.
if outcome == 'failed' and (not broken or probe == load) then
  local more = redis.call('HINCRBY', KEYS[2], 'failures', 1) - ${FAILURES}
  local rest = math.min(${FIRST_REST_MS} * 2 ^ math.min(more, 20), ${LONGEST_REST_MS})
  if more >= 0 then redis.call('HSET', KEYS[2], 'brokenUntil', now + rest) end
end
if asked > 0 then redis.call('HSET', KEYS[2], 'askedUntil', now + asked) end
if sentence ~= '' then
  redis.call('HSET', KEYS[2], 'sentence', sentence)
  redis.call('PEXPIRE', KEYS[2], ${KNOWN_MS} + asked)
end
local untils = redis.call('HMGET', KEYS[2], 'askedUntil', 'brokenUntil')
local rest = math.max(tonumber(untils[1] or 0) - now, tonumber(untils[2] or 0) - now, 0)
return {rest, redis.call('ZRANGE', KEYS[1], now, '+inf', 'BYSCORE')}`;

interface Scripted {
  enterLoad(keyCount: 2, ...given: (string | number)[]): Promise<[string, number?, string?]>;
  leaveLoad(keyCount: 2, ...given: (string | number)[]): Promise<[rest: number, running: string[]]>;
}

export type Entry = 'enters' | 'busy' | { restMs: number; sentence: string };

/** What a load found: the service answered, failed (one that is up would not), or neither can be said. */
export interface Finding {
  outcome: 'answered' | 'failed' | 'unknown';
  /** How long the service asks to be left alone. */
  askedMs?: number | undefined;
  /** Why it is left alone, for people. */
  sentence?: string;
}

export interface LoadGate {
  /** The flags of loads that would find no place now (widgets/ask-for-loads.ts). */
  closed(): Promise<string[]>;
  enter(service: string, load: string): Promise<Entry>;
  /** @returns how long the service is left alone from now on, milliseconds */
  leave(service: string, load: string, finding: Finding): Promise<number>;
  /** Which of the services are left alone now; null where Redis is away. */
  resting(services: string[]): Promise<boolean[] | null>;
}

/**
 * @param options.perService how many loads may ask one service at once
 * @param options.holdMs after which a load has left in any case, or its process died
 */
export function openLoadGate(
  redis: Redis,
  { perService, holdMs }: { perService: number; holdMs: number },
): LoadGate {
  redis.defineCommand('enterLoad', { lua: enterScript });
  redis.defineCommand('leaveLoad', { lua: leaveScript });
  const scripted = redis as Redis & Scripted;
  const keys = (service: string) => [runningKey, serviceKey(service)];
  /** Who asks, as the last load that left heard it. */
  let heard = { running: [] as string[], at: -HEARD_MS };
  const askRunning = async () =>
    performance.now() - heard.at < HEARD_MS
      ? heard.running
      : askSoon(redis, () => redis.zrange(runningKey, Date.now(), '+inf', 'BYSCORE'));
  return {
    async closed() {
      const members = await askRunning();
      // Without Redis no load can be told of: none starts, and none counts as a failed try. Other jobs go on.
      if (members === null) return [loadFlag];
      const running = Map.groupBy(members, (member) => member.split(' ')[0] ?? '');
      return [...running].flatMap(([service, loads]) =>
        loads.length >= perService ? [askedFlag(service)] : [],
      );
    },
    async enter(service, load) {
      const [answer, restMs = 0, sentence = ''] = await scripted.enterLoad(
        2,
        ...keys(service),
        ...[service, load, holdMs, perService],
      );
      if (answer === 'rests') return { restMs, sentence };
      if (answer === 'enters') heard.running.push(`${service} ${load}`);
      return answer as 'enters' | 'busy';
    },
    async leave(service, load, { outcome, askedMs = 0, sentence = '' }) {
      const given = [service, load, outcome, Math.ceil(askedMs), sentence];
      const [restMs, running] = await scripted.leaveLoad(2, ...keys(service), ...given);
      heard = { running, at: performance.now() };
      return restMs;
    },
    async resting(services) {
      const known = await askSoon(redis, () =>
        Promise.all(services.map((one) => redis.hmget(serviceKey(one), 'askedUntil', 'brokenUntil'))),
      );
      return known?.map((untils) => untils.some((until) => Number(until) > Date.now())) ?? null;
    },
  };
}

/** What Redis answers; null where it is away. */
async function askSoon<T>(redis: Redis, question: () => Promise<T>): Promise<T | null> {
  if (redis.status !== 'ready') return null;
  return Promise.race([question(), delay(ANSWER_MS, null, { ref: false })]);
}

/** Enters, or waits at the door a little: those who came together need not all go and come again. */
export async function enterSoon(gate: LoadGate, service: string, load: string): Promise<Entry> {
  const until = performance.now() + AT_DOOR_MS;
  for (;;) {
    const entry = await gate.enter(service, load);
    if (entry !== 'busy' || performance.now() > until) return entry;
    await delay(AGAIN_MS);
  }
}
