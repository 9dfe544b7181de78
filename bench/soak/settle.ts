// What Hubs itself says of its state: when nothing is under way any more, and what it has counted.
import { connectRedis, streams } from '../../bus/streams.ts';
import { until } from '../../testing/until.ts';
import type { Helper } from '../pipeline/helper.ts';
import type { Stores } from '../pipeline/stage.ts';

/** The archive is asked once more a minute after a gap, and what a dead worker held is taken over after 10 s. */
const LIMIT_MS = 300_000;

const STATE = `
  SELECT watermark > $1 AS past,
    NOT EXISTS (SELECT FROM bus_gap WHERE state = 'open') AS closed,
    NOT EXISTS (SELECT FROM graphile_worker.jobs WHERE task_identifier = 'load' AND attempts < max_attempts) AS loaded
  FROM bus_position`;

/** Resolves when all that was sent by then is acknowledged, every gap is closed, and the reader has read what it was told of. */
export async function untilSettled(
  { pool, redis: { url } }: Stores,
  reader: Helper,
  sentMs: number,
): Promise<void> {
  const redis = connectRedis(url);
  const isSettled = async () => {
    const { rows } = await pool.query(STATE, [new Date(sentMs)]);
    const waiting = (await redis.xlen(streams.bus)) + (await redis.xlen(streams.work));
    const isIdle = await reader.ask<boolean>('isIdle');
    const state = { ...rows[0], waiting, isIdle };
    if (state.past && state.closed && state.loaded && waiting === 0 && isIdle) return true;
    throw new Error(JSON.stringify(state));
  };
  try {
    await until(isSettled, { deadlineMs: LIMIT_MS, everyMs: 500 });
  } finally {
    redis.disconnect();
  }
}

export interface Counted {
  /** Entries as each hub's days count them; an entry that was written twice is in it once. */
  entries: number;
  /** Messages that only the archive had. */
  fromArchive: number;
  /** Spans that nothing covers. */
  lostGaps: number;
  /** Items and jobs that were given up. */
  dead: number;
}

export async function readCounts({ pool, redis: { url } }: Stores): Promise<Counted> {
  const redis = connectRedis(url);
  try {
    const { rows } = await pool.query<Counted>(
      `SELECT (SELECT COALESCE(sum(n), 0) FROM hub_day)::int AS entries,
         (SELECT COALESCE(sum(found), 0) FROM bus_gap)::int AS "fromArchive",
         (SELECT count(*) FROM bus_gap WHERE state = 'lost')::int AS "lostGaps",
         (SELECT count(*) FROM graphile_worker.jobs WHERE attempts >= max_attempts)::int AS dead`,
    );
    const [counted] = rows;
    if (!counted) throw new Error('PostgreSQL counted nothing.');
    return { ...counted, dead: counted.dead + (await redis.xlen(streams.dead)) };
  } finally {
    redis.disconnect();
  }
}
