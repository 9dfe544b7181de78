// Promised jobs whose tries are used up: they stay in the database until somebody looks (`hubs dead`).
import type { Pool } from '../prisma/client.ts';

export interface DeadJob {
  id: string;
  task: string;
  payload: unknown;
  tries: number;
  reason: string;
  /** When it failed last. */
  at: Date;
}

const DEAD = 'job.attempts >= job.max_attempts AND job.locked_at IS NULL';

/** Oldest first. @param ids all when left out */
export async function readDeadJobs(pool: Pool, ids?: string[]): Promise<DeadJob[]> {
  const { rows } = await pool.query<DeadJob>(
    `SELECT job.id::text, task.identifier AS task, job.payload, job.attempts AS tries,
       coalesce(job.last_error, 'its tries are used up') AS reason, job.updated_at AS at
     FROM graphile_worker._private_jobs AS job JOIN graphile_worker._private_tasks AS task ON task.id = job.task_id
     WHERE ${DEAD} AND ($1::bigint[] IS NULL OR job.id = ANY ($1)) ORDER BY job.id`,
    [ids ?? null],
  );
  return rows;
}

const given = `array(SELECT id FROM graphile_worker._private_jobs AS job WHERE ${DEAD} AND id = ANY ($1::bigint[]))`;

/** Runs them again, with all their tries. @returns how many still were dead */
export async function retryDeadJobs(pool: Pool, ids: string[]): Promise<number> {
  const sql = `SELECT FROM graphile_worker.reschedule_jobs(${given}, run_at => now(), attempts => 0)`;
  return (await pool.query(sql, [ids])).rowCount ?? 0;
}

/** @returns how many still were dead */
export async function dropDeadJobs(pool: Pool, ids: string[]): Promise<number> {
  return (await pool.query(`SELECT FROM graphile_worker.complete_jobs(${given})`, [ids])).rowCount ?? 0;
}
