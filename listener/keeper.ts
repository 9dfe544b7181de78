// Keeps the position on the bus: which messages have been heard, before which time all of them are acknowledged
// (the watermark), and what was missed, which it has read from the archive. One listener at a time does it for all.
// docs/decisions/015-watermark.md says why it is done so.
import { setTimeout as delay } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { type Look, lookAtStreams } from '../bus/look-at-streams.ts';
import { connectRedis } from '../bus/streams.ts';
import { wantedTopics } from '../bus/wanted-topics.ts';
import { moveCounts } from '../ledger/counts.ts';
import { addGap, closeGap, type OpenGap, readOpenGaps } from '../ledger/gaps.ts';
import { movePosition, type Position, readPosition, startEpoch, tryToKeep } from '../ledger/position.ts';
import { openPool } from '../prisma/client.ts';
import type { Context } from '../runtime/process.ts';
import { Barrier } from './barrier.ts';
import { type Archive, type Pace, usualPace } from './catch-up.ts';
import { openGapReader } from './gap-reader.ts';
import { measureLedger } from './gauges.ts';
import type { Intake } from './intake.ts';
import type { LiveSource } from './sources/source.ts';

interface Mark {
  heardMs: number;
  watermarkMs: number;
  /** Gaps that were read to their end. */
  read: OpenGap[];
  /** It holds once Redis has that many messages of this listener. */
  taken: number;
}

export interface Keeper {
  wrong(): string[];
  stop(): Promise<void>;
}

/** A Redis that says nothing for so long is away. */
const ANSWER_MS = 5_000;
/** What a last round may take at a stop, and the closing again. */
const LAST_MS = 500;

export function openKeeper(
  context: Context,
  { sources, intake }: { sources: LiveSource[]; intake: Intake },
  pace: Pace = usualPace,
): Keeper {
  const { settings, log } = context;
  const redis = connectRedis(settings.REDIS_URL, 'fail');
  const pool = openPool(settings.DATABASE_DIRECT_URL);
  const archive: Archive | null = settings.ARCHIVE_URL
    ? { url: settings.ARCHIVE_URL, redis, take: intake.take, wanted: wantedTopics(settings) }
    : null;
  const reader = openGapReader(archive, log, pace);
  const barrier = new Barrier<Mark>();
  let mark: Mark | null = null;
  const stopping = new AbortController();
  let keeping: { client: PoolClient; position: Position } | null = null;
  let connections = 0;
  /** The connection of Redis that the last round looked through. */
  let lookedThrough = 0;
  let problem: string | null = null;
  redis.options.commandTimeout = ANSWER_MS;
  redis.on('ready', () => {
    connections += 1;
  });
  measureLedger(context.metrics, pool);

  /** This process keeps the position from now on, unless another does. */
  async function begin() {
    const client = await pool.connect();
    try {
      if (await tryToKeep(client)) return { client, position: await readPosition(client) };
    } catch (error) {
      client.release(true);
      throw error;
    }
    client.release();
    return null;
  }

  function forgetMarks(): void {
    mark = null;
    barrier.drop();
  }

  /** Another may keep it. The lock goes with the connection. */
  async function end(): Promise<void> {
    keeping?.client.release(true);
    keeping = null;
    forgetMarks();
    await reader.stop();
  }

  async function round(): Promise<void> {
    const through = connections;
    const { queued } = intake.progress();
    const look = await lookAtStreams(redis);
    lookedThrough ||= through;
    keeping ??= await begin();
    if (!keeping) return;
    const { client, position } = keeping;
    if (look.epoch !== position.epoch) await startAnew(client, position, look.epoch);
    else if (through !== lookedThrough) await readAfterBreak(client, position);
    lookedThrough = through;
    await moveCounts(redis, client, look.epoch);
    await hear(client, position);
    await reader.goOn(client);
    await moveOn(client, position, queued, look);
  }

  /** Redis was emptied, or is another one: what was not acknowledged by then is gone. */
  async function startAnew(client: PoolClient, position: Position, epoch: string): Promise<void> {
    forgetMarks();
    await reader.stop();
    const nowMs = Date.now();
    await startEpoch(client, position, {
      epoch,
      nowMs,
      toMs: nowMs + pace.joinMs,
      overlapMs: pace.overlapMs,
      hasArchive: archive !== null,
    });
    position.epoch = epoch;
    if (position.watermarkMs === null) return;
    log.warn(
      { watermark: new Date(position.watermarkMs) },
      'Redis was emptied; the archive is read from the watermark on',
    );
    position.heardMs = nowMs;
  }

  /** A Redis that fell may have lost its last second: what was not acknowledged is read again, what is there is known. */
  async function readAfterBreak(client: PoolClient, { watermarkMs }: Position): Promise<void> {
    forgetMarks();
    if (archive && watermarkMs !== null)
      await addGap(client, {
        fromMs: watermarkMs,
        toMs: Date.now() + pace.joinMs,
        reason: 'redis',
        state: 'open',
      });
  }

  /** Since when all sources are heard without a break; null while one is not, or messages find no room here. */
  function hearsSinceMs(): number | null {
    const since = sources.map((source) => source.hearsSinceMs());
    const latest = Math.max(intake.heldBackUntilMs(), ...since.map((one) => one ?? Number.POSITIVE_INFINITY));
    return Number.isFinite(latest) ? latest : null;
  }

  async function hear(client: PoolClient, position: Position): Promise<void> {
    const sinceMs = hearsSinceMs();
    const nowMs = Date.now();
    if (sinceMs === null) {
      // What others hear meanwhile comes from the archive, a while later.
      const isLong = position.heardMs !== null && nowMs - position.heardMs >= pace.pollMs;
      if (archive && isLong) await miss(client, position, nowMs);
      return;
    }
    if (position.heardMs === null) {
      position.heardMs = sinceMs;
      position.watermarkMs = sinceMs;
      return movePosition(client, sinceMs, sinceMs);
    }
    if (sinceMs > position.heardMs) await miss(client, position, sinceMs);
    const heard = await Promise.all(sources.map((source) => source.heardUntilMs()));
    const known = heard.filter((one) => one !== null);
    if (known.length === heard.length) position.heardMs = Math.max(position.heardMs, Math.min(...known));
  }

  /** Nothing was heard between the position and then. */
  async function miss(client: PoolClient, position: Position, untilMs: number): Promise<void> {
    const fromMs = position.heardMs ?? untilMs;
    const gap = { fromMs, reason: 'away' } as const;
    await client.query('BEGIN');
    try {
      if (archive) await addGap(client, { ...gap, toMs: untilMs + pace.joinMs, state: 'open' });
      else await addGap(client, { ...gap, toMs: untilMs, state: 'lost' });
      await movePosition(client, untilMs, position.watermarkMs ?? untilMs);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined); // the connection broke: PostgreSQL rolls back by itself
      throw error;
    }
    position.heardMs = untilMs;
    const span = { from: new Date(fromMs), to: new Date(untilMs) };
    if (archive) log.info(span, 'the bus was not heard; the archive is read');
    else
      log.warn(span, 'the bus was not heard, and there is no archive (ARCHIVE_URL): what was sent is lost');
  }

  async function moveOn(client: PoolClient, position: Position, queued: number, look: Look): Promise<void> {
    if (mark && queued >= mark.taken) {
      await movePosition(client, mark.heardMs, position.watermarkMs ?? mark.heardMs);
      if (barrier.isFree) barrier.set(mark, look);
      mark = null;
    }
    mark ??= await makeMark(client, position);
    const passed = barrier.step(look);
    if (!passed) return;
    for (const gap of passed.read) await closeGap(client, gap, reader.forget(gap));
    position.watermarkMs = Math.max(position.watermarkMs ?? 0, passed.watermarkMs);
    await movePosition(client, passed.heardMs, position.watermarkMs);
  }

  /** What holds once Redis has all that was taken by now. */
  async function makeMark(client: PoolClient, { heardMs }: Position): Promise<Mark | null> {
    if (heardMs === null) return null;
    const { read, unread } = reader.sort(await readOpenGaps(client));
    const known = unread.map((gap) => Math.max(gap.fromMs, gap.readUntilMs - pace.lateMs));
    return { heardMs, watermarkMs: Math.min(heardMs, ...known), read, taken: intake.progress().taken };
  }

  async function goRound(): Promise<void> {
    if (redis.status !== 'ready') return end();
    try {
      await round();
      problem = null;
    } catch (error) {
      const { message } = error as Error;
      if (message !== problem) log.warn({ err: error }, 'the position on the bus waits');
      problem = message;
      await end();
    }
  }

  async function keep(): Promise<void> {
    const { signal } = stopping;
    while (!signal.aborted) {
      await goRound();
      await delay(pace.tickMs ?? settings.BEAT_MS, undefined, { signal }).catch(() => undefined); // a stop ends it
    }
  }
  const kept = keep();
  let stopped: Promise<void> | null = null;

  async function stop(): Promise<void> {
    stopping.abort();
    const last = kept.then(goRound).then(end);
    await Promise.race([last, delay(LAST_MS, undefined, { ref: false })]);
    redis.disconnect();
    await Promise.race([pool.end(), delay(LAST_MS, undefined, { ref: false })]);
  }

  return {
    wrong: () => [
      ...(problem !== null
        ? [`The position on the bus is not kept: ${problem}. Messages are taken all the same.`]
        : []),
      ...reader.wrong(),
    ],
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}
