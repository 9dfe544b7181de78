// What somebody did before Hubs knew them is fetched from the archive, by a job.
import type { Database } from '../prisma/client.ts';
import type { Prisma } from '../prisma/generated/client.ts';

const keyOf = (username: string) => `backfill:${username.toLowerCase()}`;
/** The archive may be away for hours. */
const TRIES = 12;

/** Promises to fetch it; where no archive is set up the job has nothing to do. */
export async function promiseBackfill(tx: Prisma.TransactionClient, username: string): Promise<void> {
  await tx.$executeRaw`
    SELECT graphile_worker.add_job('backfill', json_build_object('username', ${username}::text),
      job_key := ${keyOf(username)}, max_attempts := ${TRIES}::int)`;
}

/** Promises what happened before a team's hub was made. */
export async function promiseTeamBackfill(tx: Prisma.TransactionClient, hubId: number): Promise<void> {
  await tx.$executeRaw`
    SELECT graphile_worker.add_job('backfill-team', json_build_object('hub', ${hubId}::int),
      job_key := ${`backfill-team:${hubId}`}, max_attempts := ${TRIES}::int)`;
}

/** Whether it is still being fetched. */
export async function isBackfilling(database: Database, username: string): Promise<boolean> {
  const waiting = await database.$queryRaw<unknown[]>`
    SELECT FROM graphile_worker.jobs WHERE key = ${keyOf(username)} AND attempts < max_attempts`;
  return waiting.length > 0;
}
