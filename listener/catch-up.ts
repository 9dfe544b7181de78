// Reads open gaps from the archive, one at a time. What is new goes the way of all messages, behind the live ones.
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { streams } from '../bus/streams.ts';
import type { WantedTopics } from '../bus/wanted-topics.ts';
import type { OpenGap } from '../ledger/gaps.ts';
import { type ArchiveSource, openArchiveSource } from './sources/archive.ts';
import type { Take } from './sources/source.ts';

/** Where more wait for triage and worker, what is old waits for its turn: a live message has at most that many before it. */
const WAITING_AT_MOST = 1_000;
/** Asked after each page of the archive. */
const PAGE = 100;
const ROOM_MS = 100;

export interface Pace {
  /** Between two rounds; BEAT_MS if left out. */
  tickMs?: number;
  /** What is published while a subscription is on its way is not heard; and a publisher's clock may be ahead of ours. */
  joinMs: number;
  /** While a source is away, the archive is asked that often. */
  pollMs: number;
  /** After that long an archive that did not answer is asked again, then after twice as long, and so on. */
  retryMs: number;
  /** Messages come to the archive that late at most. */
  lateMs: number;
  /** Read again before what was read: clocks differ, and a connection that broke without a word is noticed late. */
  overlapMs: number;
}

export const usualPace: Pace = {
  joinMs: 5_000,
  pollMs: 60_000,
  retryMs: 5_000,
  lateMs: 60_000,
  overlapMs: 120_000,
};

export interface Reading {
  gap: OpenGap;
  readUntilMs(): number;
  /** Resolves when it has handed on what the archive has; whether nothing more can come late. Rejects with the archive's reason. */
  done: Promise<boolean>;
  stop(): Promise<void>;
}

export interface Archive {
  url: string;
  redis: Redis;
  take: Take;
  wanted: WantedTopics;
}

/**
 * Reads a gap on from where it was read to, up to its end or to now.
 * @param onFound a message that only the archive had is in Redis; that may be after `done`
 */
export function readGap(
  { url, redis, take, wanted }: Archive,
  gap: OpenGap,
  pace: Pace,
  onFound: () => void,
): Reading {
  const startedMs = Date.now();
  const isLast = startedMs >= gap.toMs + pace.lateMs;
  const stopping = new AbortController();
  let handedOn = 0;
  let settled = 0;

  const takeOld: Take = async (arrival) => {
    if ('message' in arrival.result && !wanted.has(arrival.topic)) return;
    if (handedOn % PAGE === 0) await roomFor(redis, () => handedOn - settled, stopping.signal);
    if (stopping.signal.aborted) return;
    handedOn += 1;
    await take({
      ...arrival,
      settle: (fate) => {
        settled += 1;
        if (fate === 'queued') onFound();
      },
    });
  };
  const span = { fromMs: gap.readUntilMs - pace.overlapMs, toMs: Math.min(gap.toMs, startedMs) };
  const source: ArchiveSource = openArchiveSource(url, span, takeOld);
  return {
    gap,
    readUntilMs: () => source.readUntilMs(),
    done: source.done.then(() => isLast && !stopping.signal.aborted),
    async stop() {
      stopping.abort();
      await source.stop(STOP_MS);
    },
  };
}

const STOP_MS = 1_000;

/**
 * Live first. A Redis that is away has no room.
 * @param onTheWay how many it is still to get
 */
async function roomFor(redis: Redis, onTheWay: () => number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const unsettled = onTheWay(); // before Redis is asked: what gets there meanwhile counts twice, never not at all
    const waiting = await Promise.all([redis.xlen(streams.bus), redis.xlen(streams.work)]).catch(() => null);
    if (waiting && waiting[0] + waiting[1] + unsettled < WAITING_AT_MOST) return;
    await delay(ROOM_MS, undefined, { signal }).catch(() => undefined); // a stop ends it
  }
}
