// What lies in hubs:bus and hubs:work at one moment, and whether Redis is still the one it was.
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { epochKey, streams } from './streams.ts';

export interface StreamEnds {
  /** The oldest item that is not acknowledged; null where there is none. */
  first: string | null;
  /** The newest that ever was, acknowledged or not. */
  last: string;
  waiting: number;
}

export interface Look {
  epoch: string;
  bus: StreamEnds;
  work: StreamEnds;
}

/** Whoever looks first after Redis was emptied names the new epoch. */
const script = `
local epoch = redis.call('GET', KEYS[1])
if not epoch then
  epoch = ARGV[1]
  redis.call('SET', KEYS[1], epoch)
end
local answer = {epoch}
for i = 2, #KEYS do
  local last = '0-0'
  if redis.call('EXISTS', KEYS[i]) == 1 then
    local info = redis.call('XINFO', 'STREAM', KEYS[i])
    for at = 1, #info, 2 do
      if info[at] == 'last-generated-id' then last = info[at + 1] end
    end
  end
  local first = redis.call('XRANGE', KEYS[i], '-', '+', 'COUNT', 1)[1]
  answer[#answer + 1] = first and first[1] or ''
  answer[#answer + 1] = last
  answer[#answer + 1] = redis.call('XLEN', KEYS[i])
end
return answer`;

export async function lookAtStreams(redis: Redis): Promise<Look> {
  const answer = await redis.eval(script, 3, epochKey, streams.bus, streams.work, randomUUID());
  const [epoch, ...ends] = answer as [string, ...[string, string, number][]] & (string | number)[];
  const at = (from: number): StreamEnds => {
    const [first, last, waiting] = ends.slice(from, from + 3) as unknown as [string, string, number];
    return { first: first || null, last, waiting };
  };
  return { epoch, bus: at(0), work: at(3) };
}
