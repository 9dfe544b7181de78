// The Redis streams and the form of what travels on them. Field `f` is the format number, `d` the item as JSON.
import { Redis } from 'ioredis';
import { z } from 'zod';
import { messageSchema } from './message.ts';

export const streams = {
  bus: 'hubs:bus',
  work: 'hubs:work',
  notices: 'hubs:notices',
  dead: 'hubs:dead',
} as const;

/** A random word kept in Redis; a new one means that Redis was emptied. */
export const epochKey = 'hubs:epoch';

export const FORMAT = 1;

/** What triage found: one message, the feeds it goes into, the values it makes stale. */
export const workSchema = z.object({
  message: messageSchema,
  /** Hubs whose feed gets the entry, with the interest that put it there, such as `package:guake`. */
  feeds: z.array(z.object({ hub: z.number().int(), why: z.string() })),
  /** Keys of the loaded values that the message makes stale (widgets/values.ts). */
  stale: z.array(z.string()),
});
export type Work = z.infer<typeof workSchema>;

/** A browser's event stream carries the notices of at most this many hubs. */
export const HUBS_PER_STREAM = 200;

/** Whom a notice is for. */
export const audiences = ['public', 'members', 'owners', 'person'] as const;

/**
 * What changed, never its content: `entry` a feed has a new entry, `value` a loaded value of these widgets is new,
 * `role` somebody came or went, `hub` its configuration or layout.
 */
export const noticeSchema = z.object({
  hub: z.number().int(),
  what: z.enum(['entry', 'value', 'role', 'hub']),
  widgets: z.array(z.number().int()).optional(),
  audience: z.enum(audiences),
});
export type Notice = z.infer<typeof noticeSchema>;

/** As it lies in `hubs:notices`, and as PostgreSQL tells it: with where it comes from. */
export const tracedNoticeSchema = noticeSchema.extend({
  /** Of the bus, for logs alone. */
  messages: z.array(z.string()).optional(),
  /** The transaction of a change made in Hubs itself, which is told in both places. */
  change: z.string().optional(),
});
export type TracedNotice = z.infer<typeof tracedNoticeSchema>;

/** Fields of an item for XADD. */
export const toFields = (item: unknown): string[] => ['f', String(FORMAT), 'd', JSON.stringify(item)];

/** An item could not be read: of a newer format (leave it to a newer process) or broken (it can never succeed). */
export class UnreadableItem extends Error {
  readonly newer: boolean;
  constructor(newer: boolean, message: string, options?: ErrorOptions) {
    super(message, options);
    this.newer = newer;
  }
}

const formatOf = (fields: string[]): number => Number(fields[fields.indexOf('f') + 1]);

/** Whether it is for a newer process. */
export const isNewer = (fields: string[]): boolean => formatOf(fields) > FORMAT;

/**
 * Reads a stream item's fields.
 * @throws {UnreadableItem}
 */
export function fromFields<T>(schema: z.ZodType<T>, fields: string[]): T {
  const format = formatOf(fields);
  if (format > FORMAT) throw new UnreadableItem(true, `format ${format} is newer than ${FORMAT}`);
  try {
    return schema.parse(JSON.parse(fields[fields.indexOf('d') + 1] ?? ''));
  } catch (cause) {
    throw new UnreadableItem(false, 'is not a valid item', { cause });
  }
}

/** A Redis that owes an answer for so long is gone without a word; no command of ours blocks as long. */
const ANSWER_MS = 10_000;

/** A connection that waits for a Redis that is away (`wait`), or answers with an error at once. */
export function connectRedis(url: string, when: 'wait' | 'fail' = 'wait'): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: when === 'wait' ? null : 1,
    enableOfflineQueue: when === 'wait',
    retryStrategy: (attempt: number) => Math.min(100 * attempt, 1_000),
    lazyConnect: false,
    socketTimeout: ANSWER_MS,
  });
  // Without a listener ioredis prints each failed attempt; readiness (/readyz) says it in a sentence instead.
  redis.on('error', () => undefined);
  return redis;
}
