// Jobs that a dead process held are given back in seconds: the library alone waits four hours.
import { hostname } from 'node:os';
import type { Pool } from '../prisma/client.ts';
import type { Log } from '../runtime/log.ts';
import type { Settings } from '../settings/settings.ts';
import { isStoreAway } from './store-away.ts';

const BEAT = `
  INSERT INTO worker_beat (process, workers, beat_at) VALUES ($1, $2, now())
  ON CONFLICT (process) DO UPDATE SET workers = EXCLUDED.workers, beat_at = now()`;

/** Gives back jobs whose holder is in nobody's beat. Times are PostgreSQL's own: clocks need not agree. */
const GIVE_BACK = `
  SELECT graphile_worker.force_unlock_workers(array_agg(DISTINCT locked_by)) FROM graphile_worker.jobs
  WHERE locked_by IS NOT NULL AND locked_at < now() - $1 * interval '1 ms' AND NOT EXISTS (
    SELECT FROM worker_beat
    WHERE beat_at > now() - $1 * interval '1 ms' AND jobs.locked_by = ANY (worker_beat.workers))
  HAVING count(*) > 0`;

const FORGET = `DELETE FROM worker_beat WHERE beat_at < now() - interval '1 day'`;

/** Beats with the ids of this process's graphile-worker workers, and looks after the others', every BEAT_MS. */
export async function startJobBeat(
  { pool, log, workers }: { pool: Pool; log: Log; workers: string[] },
  { BEAT_MS, SILENCE_MS }: Pick<Settings, 'BEAT_MS' | 'SILENCE_MS'>,
): Promise<{ stop(): Promise<void> }> {
  const name = `${hostname()}:${process.pid}:${Date.now().toString(36)}`;
  let last = performance.now();
  let databaseWasAway = false;
  const beat = async () => {
    try {
      await pool.query(BEAT, [name, workers]);
      if (performance.now() - last > SILENCE_MS && !databaseWasAway) {
        log.fatal(`was silent for ${SILENCE_MS} ms; peers have taken over its jobs, so this process ends`);
        process.exit(1);
      }
      last = performance.now();
      databaseWasAway = false;
      await pool.query(GIVE_BACK, [SILENCE_MS]);
      await pool.query(FORGET);
    } catch (error) {
      if (!isStoreAway(error)) log.error({ err: error }, 'looking after jobs failed');
      databaseWasAway = true;
    }
  };
  await beat();
  const timer = setInterval(beat, BEAT_MS);
  return {
    async stop() {
      clearInterval(timer);
      await pool.query('DELETE FROM worker_beat WHERE process = $1', [name]).catch(() => undefined); // it grows old by itself
    },
  };
}
