// What a consumer leaves behind goes to another one, each in one step in Redis: whoever comes second finds nothing.
import type { Redis } from 'ioredis';
import { beatKey } from './beat.ts';

export interface Item {
  id: string;
  fields: string[];
  /** Whether somebody held it before: its effect may have happened already. */
  again: boolean;
}

export interface Delivery extends Item {
  /** How often it was handed to a consumer that then died, and once more. */
  deliveries: number;
}

/** An item whose holder died that often is run alone once more; then it goes to `hubs:dead`. */
export const DEATHS = 3;

/** What a stop hands back waits here. Nobody beats under this name, and nobody died who left it. */
export const HANDED_BACK = 'handed-back';

/**
 * Claims what a consumer without a beat holds, a suspect alone: what dies beside it would become one. Forgets the
 * consumer only when it holds nothing.
 */
const CLAIM = `
local stream, beat = KEYS[1], KEYS[2]
local group, silent, taker, count = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local death, suspicious = tonumber(ARGV[5]), tonumber(ARGV[6])
if redis.call('EXISTS', beat) == 1 then return {} end
local pending = redis.call('XPENDING', stream, group, '-', '+', count, silent)
if #pending == 0 then redis.call('XGROUP', 'DELCONSUMER', stream, group, silent) end
local items = {}
for _, one in ipairs(pending) do
  local times = one[4] + death
  local isSuspect = times > suspicious
  if isSuspect and #items > 0 then break end
  local claimed = redis.call('XCLAIM', stream, group, taker, 0, one[1], 'RETRYCOUNT', times)[1]
  if claimed then
    items[#items + 1] = { claimed[1], times, claimed[2] }
  else
    redis.call('XACK', stream, group, one[1]) -- its entry was deleted
  end
  if isSuspect and claimed then break end
end
return items`;

/** Leaves what a consumer holds to the next one to come, and says that it is gone. */
const HAND_BACK = `
local stream, beat = KEYS[1], KEYS[2]
local group, leaver, heir = ARGV[1], ARGV[2], ARGV[3]
if redis.call('EXISTS', stream) == 0 then return redis.call('DEL', beat) end
local pending
repeat
  pending = redis.call('XPENDING', stream, group, '-', '+', 1000, leaver)
  for _, one in ipairs(pending) do
    redis.call('XCLAIM', stream, group, heir, 0, one[1], 'RETRYCOUNT', one[4], 'JUSTID')
  end
until #pending == 0
redis.call('XGROUP', 'DELCONSUMER', stream, group, leaver)
return redis.call('DEL', beat)`;

interface Place {
  stream: string;
  group: string;
}

interface Scripted {
  claimFromSilent(keys: number, ...given: (string | number)[]): Promise<[string, number, string[]][]>;
  handBack(keys: number, ...given: string[]): Promise<unknown>;
}

/** @param consumer whoever takes over and hands back */
export function openTakeOver(redis: Redis, { stream, group }: Place, consumer: string) {
  redis.defineCommand('claimFromSilent', { lua: CLAIM });
  redis.defineCommand('handBack', { lua: HAND_BACK });
  const scripted = redis as Redis & Scripted;
  return {
    /** Other consumers without a beat. @throws with NOGROUP where the group is not there */
    async findSilent(): Promise<string[]> {
      const consumers = (await redis.xinfo('CONSUMERS', stream, group)) as (string | number)[][];
      const names = consumers.map((fields) => String(fields[fields.indexOf('name') + 1]));
      const silent: string[] = [];
      for (const name of names)
        if (name !== consumer && (await redis.exists(beatKey(group, name))) === 0) silent.push(name);
      return silent;
    },
    /** At most so many of what a silent consumer holds; none when nothing is left. */
    async claim(silent: string, count: number): Promise<Delivery[]> {
      const death = silent === HANDED_BACK ? 0 : 1;
      const keys = [stream, beatKey(group, silent)];
      const given = [group, silent, consumer, count, death, DEATHS];
      const items = await scripted.claimFromSilent(2, ...keys, ...given);
      return items.map(([id, deliveries, fields]) => ({ id, deliveries, fields, again: true }));
    },
    handBack: () => scripted.handBack(2, stream, beatKey(group, consumer), group, consumer, HANDED_BACK),
  };
}
