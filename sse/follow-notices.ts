// Follows hubs:notices from now on, once for the whole process, over every absence of Redis.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  connectRedis,
  epochKey,
  fromFields,
  type Notice,
  streams,
  tracedNoticeSchema,
} from '../bus/streams.ts';
import type { Log } from '../runtime/log.ts';

const BATCH = 1_000;
const BLOCK_MS = 5_000;
const RETRY_MS = 100;

export interface Heard {
  /** Its position; null where it did not come through Redis. */
  id: string | null;
  notice: Notice;
}

export interface Follower {
  /** `<epoch>.<stream id>`: everything up to here was heard. Null until Redis answered once. */
  position(): string | null;
  isHearing(): boolean;
  stop(): void;
}

export interface Listener {
  /** Gets each batch in order. */
  hear(batch: Heard[]): void;
  /** Redis is away: nothing is heard until `resume`. */
  lose(): void;
  /** Everything is heard from this position on; something before may not have been, for Redis was away or emptied. */
  resume(position: string): void;
}

/** Follows until it is stopped. */
export function followNotices(url: string, log: Log, listener: Listener): Follower {
  const redis = connectRedis(url);
  // A read in flight when Redis goes shall fail, not be sent again in silence: its failure tells of the absence.
  redis.options.maxRetriesPerRequest = 0;
  // Every read answers within BLOCK_MS; a Redis that does not is gone without a word.
  redis.options.socketTimeout = 2 * BLOCK_MS;
  let stopped = false;
  let epoch: string | null = null;
  let last = '0-0';
  let hearing = false;
  const position = (id: string) => `${epoch}.${id}`;

  /** Whoever comes first after Redis was emptied names the new epoch. */
  async function startFromNow(): Promise<void> {
    const proposed = randomUUID();
    epoch = (await redis.set(epochKey, proposed, 'NX', 'GET')) ?? proposed;
    const [newest] = await redis.xrevrange(streams.notices, '+', '-', 'COUNT', 1);
    last = newest?.[0] ?? '0-0';
    hearing = true;
    listener.resume(position(last));
  }

  async function readBatch(): Promise<void> {
    const answer = await redis.xread('COUNT', BATCH, 'BLOCK', BLOCK_MS, 'STREAMS', streams.notices, last);
    const items = answer?.[0]?.[1] ?? [];
    const batch = items.flatMap(([id, fields]) => readItem(id, fields));
    last = items.at(-1)?.[0] ?? last;
    if (batch.length > 0) listener.hear(batch);
  }

  function readItem(id: string, fields: string[]): Heard[] {
    try {
      const { messages, ...notice } = fromFields(tracedNoticeSchema, fields);
      log.debug({ messages, notice }, 'tells browsers');
      return [{ id: position(id), notice }];
    } catch (error) {
      log.warn({ err: error, id }, 'skipped a notice that can not be read');
      return [];
    }
  }

  async function follow(): Promise<void> {
    while (!stopped) {
      try {
        await startFromNow();
        do await readBatch();
        while (!stopped && (await redis.get(epochKey)) === epoch);
      } catch (error) {
        if (stopped) return;
        if (hearing) {
          log.warn({ err: error }, 'Redis is away: no notices are heard');
          listener.lose();
        }
        hearing = false;
        await delay(RETRY_MS);
      }
    }
  }
  void follow();

  return {
    position: () => (epoch ? position(last) : null),
    isHearing: () => hearing,
    stop: () => {
      stopped = true;
      redis.disconnect();
    },
  };
}
