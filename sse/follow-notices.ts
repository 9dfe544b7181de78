// Follows hubs:notices from now on, once for the whole process, over every absence of Redis.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { readInfo } from '../bus/read-info.ts';
import {
  connectRedis,
  epochKey,
  fromFields,
  type Notice,
  streams,
  type TracedNotice,
  tracedNoticeSchema,
} from '../bus/streams.ts';
import type { Log } from '../runtime/log.ts';
import { isAfter, readStreamId, type StreamId } from './stream-id.ts';

const BATCH = 1_000;
const BLOCK_MS = 5_000;
const RETRY_MS = 100;
/** More than hubs:notices keeps (jobs/notices.ts), and no more than one answer should bring: some 3 MB. */
const KEPT_BEFORE = 20_000;
const START: StreamId = { ms: 0, seq: 0 };

export interface Heard {
  /** Its position; null where it did not come through Redis. */
  id: string | null;
  notice: Notice;
  /** Of a change made in Hubs itself: its transaction. */
  change?: string | undefined;
}

export const toHeard = (id: string | null, { messages, change, ...notice }: TracedNotice): Heard => ({
  id,
  notice,
  change,
});

export interface Follower {
  /** `<epoch>.<stream id>`: everything up to here was heard. Null until Redis answered once. */
  position(): string | null;
  isHearing(): boolean;
  stop(): void;
}

/** Where hearing begins, or begins again. */
export interface Begin {
  /** Everything is heard from here on. */
  position: string;
  /** What the stream had until there, in order. */
  before: Heard[];
  /** Nothing that came after it is missing in `before`. */
  since: StreamId;
}

export interface Listener {
  /** Gets each batch in order. */
  hear(batch: Heard[]): void;
  /** Redis is away: nothing is heard until `resume`. */
  lose(): void;
  /** Something before may not have been heard, for Redis was away or emptied, or trimmed what was not read yet. */
  resume(begin: Begin): void;
}

/** Follows until it is stopped. */
export function followNotices(url: string, log: Log, listener: Listener): Follower {
  const redis = connectRedis(url);
  // A read in flight when Redis goes shall fail, not be sent again in silence: its failure tells of the absence.
  redis.options.maxRetriesPerRequest = 0;
  // Every read answers within BLOCK_MS; a Redis that does not is gone without a word.
  redis.options.socketTimeout = 2 * BLOCK_MS;
  let stopped = false;
  let word: string | null = null;
  let epoch: string | null = null;
  let last = '0-0';
  let hearing = false;
  const position = (id: string) => `${epoch}.${id}`;

  /**
   * Whoever comes first after Redis was emptied names the new epoch. A Redis that was started again may have lost its last
   * second, or be the replica of another one: its run is part of the epoch of events.
   */
  async function nameEpoch(): Promise<void> {
    const proposed = randomUUID();
    word = (await redis.set(epochKey, proposed, 'NX', 'GET')) ?? proposed;
    epoch = `${word}-${(await readInfo(redis, 'server')).get('run_id')?.slice(0, 8)}`;
  }

  async function startFromNow(): Promise<void> {
    await nameEpoch();
    const [newest, info] =
      (await redis
        .multi()
        .xrevrange(streams.notices, '+', '-', 'COUNT', KEPT_BEFORE)
        .xinfo('STREAM', streams.notices)
        .exec()) ?? [];
    if (!newest || newest[0]) throw newest?.[0] ?? new Error('hubs:notices can not be read');
    const items = (newest[1] as [string, string[]][]).reverse();
    const added = readAdded(info?.[1]);
    last = items.at(-1)?.[0] ?? '0-0';
    hearing = true;
    listener.resume({
      position: position(last),
      before: items.flatMap(([id, fields]) =>
        readItem(id, fields).map((notice) => toHeard(position(id), notice)),
      ),
      since: added === items.length ? START : readStreamId(items[0]?.[0] ?? last),
    });
  }

  async function readBatch(): Promise<void> {
    const answer = await redis.xread('COUNT', BATCH, 'BLOCK', BLOCK_MS, 'STREAMS', streams.notices, last);
    const items = answer?.[0]?.[1] ?? [];
    const batch = items.flatMap(([id, fields]) =>
      readItem(id, fields).map((traced) => {
        const heard = toHeard(position(id), traced);
        log.debug({ messages: traced.messages, notice: heard.notice }, 'tells browsers');
        return heard;
      }),
    );
    last = items.at(-1)?.[0] ?? last;
    if (batch.length > 0) listener.hear(batch);
  }

  /** Redis is the one it was, and keeps what was read last before: so nothing after it was trimmed unread. */
  async function isUnbroken(before: string): Promise<boolean> {
    const [now, oldest] = await Promise.all([
      redis.get(epochKey),
      redis.xrange(streams.notices, '-', '+', 'COUNT', 1),
    ]);
    const isKept = before === '0-0' || !isAfter(readStreamId(oldest[0]?.[0] ?? before), readStreamId(before));
    return now === word && isKept;
  }

  function readItem(id: string, fields: string[]): TracedNotice[] {
    try {
      return [fromFields(tracedNoticeSchema, fields)];
    } catch (error) {
      log.warn({ err: error, id }, 'skipped a notice that can not be read');
      return [];
    }
  }

  async function follow(): Promise<void> {
    while (!stopped) {
      try {
        await startFromNow();
        for (let before = last; !stopped; before = last) {
          await readBatch();
          if (!(await isUnbroken(before))) break;
        }
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

/** How many were ever added, as XINFO STREAM says; none where there is no stream. */
function readAdded(info: unknown): number {
  const words = Array.isArray(info) ? info : [];
  return Number(words[words.indexOf('entries-added') + 1] ?? 0);
}
