// hubs:dead holds what can never succeed, with the reason, until somebody looks (`hubs dead`).
import type { Redis } from 'ioredis';
import { streams } from '../bus/streams.ts';

/** The newest are kept; more than that is one fault many times, and Redis has other things to hold. */
const KEPT = 10_000;

export interface DeadItem {
  /** In hubs:dead; begins with the milliseconds since 1970 at which it was put aside. */
  id: string;
  /** Where it was, and whose work it was. */
  stream: string;
  group: string;
  /** Its id in that stream. */
  item: string;
  reason: string;
  /** As they were in the stream. */
  fields: string[];
}

const HEAD = ['stream', 'group', 'id', 'reason'];

/** Puts an item aside, in one step with its acknowledgement. */
export async function buryItem(
  redis: Redis,
  { stream, group, item, reason, fields }: Omit<DeadItem, 'id'>,
): Promise<void> {
  const head = ['stream', stream, 'group', group, 'id', item, 'reason', reason];
  const results = await redis
    .multi()
    .xadd(streams.dead, 'MAXLEN', '~', KEPT, '*', ...head, ...fields)
    .xack(stream, group, item)
    .xdel(stream, item)
    .exec();
  const failed = results?.find(([error]) => error);
  if (failed?.[0]) throw failed[0];
}

function readItem([id, given]: [string, string[]]): DeadItem {
  const [stream = '', group = '', item = '', reason = ''] = HEAD.map((_, at) => given[2 * at + 1]);
  return { id, stream, group, item, reason, fields: given.slice(2 * HEAD.length) };
}

/** Oldest first, so many at most, from an id on (with it). */
export async function readDead(redis: Redis, from = '-', count = 1_000): Promise<DeadItem[]> {
  return (await redis.xrange(streams.dead, from, '+', 'COUNT', count)).map(readItem);
}

/** Undefined where there is none of that id, or no such id can be. */
export async function findDead(redis: Redis, id: string): Promise<DeadItem | undefined> {
  if (!/^\d{1,15}-\d{1,10}$/.test(id)) return undefined;
  return (await redis.xrange(streams.dead, id, id)).map(readItem)[0];
}

/** Whoever takes it out first puts it back, once. */
const RETRY = `
if redis.call('XDEL', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('XADD', KEYS[2], '*', unpack(ARGV, 2))
return 1`;

/** Puts an item back at the end of its stream, as it was. @returns false where somebody was faster */
export async function retryDead(redis: Redis, { id, stream, fields }: DeadItem): Promise<boolean> {
  return (await redis.eval(RETRY, 2, streams.dead, stream, id, ...fields)) === 1;
}

/** @returns false where somebody was faster */
export async function dropDead(redis: Redis, { id }: DeadItem): Promise<boolean> {
  return (await redis.xdel(streams.dead, id)) === 1;
}
