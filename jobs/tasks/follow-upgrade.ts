// The job `follow-upgrade`: what an upgrade changed reaches the hubs that are there. Each worker promises it at its start
// and none waits for it: there may be many hubs.
import type { Task } from 'graphile-worker';
import type { Database, Pool } from '../../prisma/client.ts';
import { followDefaults } from '../../widgets/follow-defaults.ts';
import { refreshOutdated } from '../../widgets/interests.ts';

export const makeFollowUpgradeTask =
  (database: Database): Task =>
  async (_payload, { abortSignal }) => {
    await refreshOutdated(database, abortSignal);
    await followDefaults(database, abortSignal);
  };

/** One waits, however many workers start; in a queue of its own, so that two never run at once. */
export async function promiseFollowUpgrade(pool: Pool): Promise<void> {
  await pool.query(
    `SELECT graphile_worker.add_job('follow-upgrade', queue_name := 'follow-upgrade', job_key := 'follow-upgrade')`,
  );
}
