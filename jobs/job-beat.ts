// Jobs that a dead process held are given back in seconds: the library alone waits four hours.
import { hostname } from 'node:os';
import { openPool, type Pool } from '../prisma/client.ts';
import type { Log } from '../runtime/log.ts';
import type { Settings } from '../settings/settings.ts';
import { beatEvery, judgeSilence } from './silence.ts';
import { isStoreAway } from './store-away.ts';

const BEAT = `
  INSERT INTO worker_beat (process, workers, beat_at) VALUES ($1, $2, now())
  ON CONFLICT (process) DO UPDATE SET workers = EXCLUDED.workers, beat_at = now()`;

/** Holders of jobs that are in nobody's beat. Times are PostgreSQL's own: clocks need not agree. */
const FIND_SILENT = `
  SELECT DISTINCT locked_by AS holder FROM graphile_worker.jobs
  WHERE locked_by IS NOT NULL AND NOT EXISTS (
    SELECT FROM worker_beat
    WHERE beat_at > now() - $1 * interval '1 ms' AND jobs.locked_by = ANY (worker_beat.workers))`;

/**
 * Gives their jobs back. A death is no try, but a job whose holder died three times in a row, and once more, has
 * failed for good: its last error counts. From the second death on they begin one after the other, so that what only ran
 * beside the one that kills its worker is done before that kills again. (The library's own force_unlock_workers leaves a try used, and a job whose
 * last try was cut short would never run again. Its tables are private: the tests of this file hold them in place.)
 */
const GIVE_BACK = `
  WITH given AS (
    UPDATE graphile_worker._private_jobs AS job SET
      locked_at = NULL, locked_by = NULL, updated_at = now(),
      attempts = CASE WHEN deaths.number > 3 THEN job.max_attempts ELSE GREATEST(job.attempts - 1, 0) END,
      last_error = CASE WHEN deaths.number > 3 THEN 'kills its worker' ELSE 'its worker died, ' || deaths.number || ' in a row' END,
      run_at = CASE WHEN deaths.number > 1 THEN now() + deaths.place * interval '1 s' ELSE job.run_at END
    FROM (
      SELECT id, 1 + COALESCE(substring(last_error FROM '^its worker died, (\\d+) in a row$')::int, 0) AS number,
        row_number() OVER (ORDER BY id) - 1 AS place
      FROM graphile_worker._private_jobs WHERE locked_by = ANY ($1)) AS deaths
    WHERE job.id = deaths.id AND job.locked_by = ANY ($1)
    RETURNING job.id)
  , queues AS (
    UPDATE graphile_worker._private_job_queues SET locked_at = NULL, locked_by = NULL WHERE locked_by = ANY ($1))
  SELECT count(*)::int AS jobs FROM given`;

/** As if they had never been taken. */
const HAND_BACK = `
  WITH queues AS (
    UPDATE graphile_worker._private_job_queues SET locked_at = NULL, locked_by = NULL WHERE locked_by = ANY ($1))
  UPDATE graphile_worker._private_jobs
  SET locked_at = NULL, locked_by = NULL, updated_at = now(), attempts = GREATEST(attempts - 1, 0)
  WHERE locked_by = ANY ($1)`;

const FORGET = `DELETE FROM worker_beat WHERE beat_at < now() - interval '1 day'`;

export interface JobBeat {
  /** Gives back what this process still runs; what it says of those jobs later counts no more. */
  handBack(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Beats for this process, and looks after the others', every BEAT_MS; on a connection of its own, for the pool may be
 * busy for longer than peers wait.
 * @param holders under what graphile-worker locks this process's jobs: the ids of its worker pools
 */
export function startJobBeat(
  { url, log, holders }: { url: string; log: Log; holders: string[] },
  settings: Pick<Settings, 'BEAT_MS' | 'SILENCE_MS'>,
): JobBeat {
  const { SILENCE_MS } = settings;
  const pool: Pool = openPool(url, { connections: 1, queryMs: SILENCE_MS });
  const name = `${hostname()}:${process.pid}:${Date.now().toString(36)}`;
  const judge = judgeSilence(settings);

  async function beat(): Promise<void> {
    try {
      await pool.query(BEAT, [name, holders]);
      const { rows } = await pool.query<{ holder: string }>(FIND_SILENT, [SILENCE_MS]);
      const dead = judge.dead(rows.map(({ holder }) => holder));
      if (dead.length > 0) {
        const given = await pool.query<{ jobs: number }>(GIVE_BACK, [dead]);
        log.info({ dead, jobs: given.rows[0]?.jobs }, 'gives back jobs of the dead');
      }
      await pool.query(FORGET);
    } catch (error) {
      judge.doubt();
      if (!isStoreAway(error)) log.error({ err: error }, 'looking after jobs failed');
    }
  }

  const beating = beatEvery(settings, beat, () => {
    log.fatal(`was silent for ${SILENCE_MS} ms; peers have taken over its jobs, so this process ends`);
    process.exit(1);
  });
  return {
    async handBack() {
      await pool.query(HAND_BACK, [holders]);
    },
    async stop() {
      beating.stop();
      await pool.query('DELETE FROM worker_beat WHERE process = $1', [name]).catch(() => undefined); // it grows old by itself
      await pool.end();
    },
  };
}
