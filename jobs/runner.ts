// Runs the promised jobs (graphile-worker).
import { EventEmitter } from 'node:events';
import { Logger, run, type WorkerEvents } from 'graphile-worker';
import type { Log } from '../runtime/log.ts';
import type { Context } from '../runtime/process.ts';
import { makeForgetTask } from './count-entries.ts';
import { startJobBeat } from './job-beat.ts';
import type { JobStores } from './job-stores.ts';
import { makeBackfillTask } from './tasks/backfill.ts';
import { makeBackfillTeamTask } from './tasks/backfill-team.ts';
import { makeClearFeedTask } from './tasks/clear-feed.ts';
import { makeLoadTask } from './tasks/load.ts';
import { makeCheckLinksTask, makePreviewTask } from './tasks/preview.ts';
import { makePublishTasks } from './tasks/publish-event.ts';
import { makeAccountsTasks } from './tasks/read-accounts.ts';

const CONCURRENCY = 4;
/** Jobs for later are looked for that often; jobs for now are heard of by LISTEN. */
const POLL_MS = 1_000;
/** Daily, at times (UTC) when few look; whichever process is first does it for all. */
const CRONTAB = `17 3 * * * forget-seen
37 3 * * * check-links
7 2 * * * sync-teams`;

/** The library's lines in the process's log; what it calls info is our debug. */
const graphileLogger = (log: Log) =>
  new Logger(() => (level, message) => {
    if (level === 'error') log.error(message);
    else if (level === 'warning') log.warn(message);
    else log.debug(message);
  });

/** Starts the runner; `stop` lets running jobs finish for 5 s, then aborts them. */
export async function startRunner(context: Context, stores: JobStores): Promise<{ stop(): Promise<void> }> {
  const log = context.log.child({ part: 'jobs' });
  const workers: string[] = [];
  const events: WorkerEvents = new EventEmitter();
  events.on('worker:create', ({ worker }) => workers.push(worker.workerId));
  const load = makeLoadTask(context, stores);
  const publish = makePublishTasks(context);
  const runner = await run({
    pgPool: stores.pool,
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: graphileLogger(log),
    events,
    taskList: {
      load: load.task,
      backfill: makeBackfillTask(context, stores),
      'backfill-team': makeBackfillTeamTask(context, stores),
      preview: makePreviewTask(stores.database),
      'check-links': makeCheckLinksTask(stores.database),
      'clear-feed': makeClearFeedTask(stores.feeds),
      'forget-seen': makeForgetTask(stores.pool),
      ...publish.tasks,
      ...makeAccountsTasks(context, stores),
    },
    crontab: CRONTAB,
  });
  runner.promise.catch((error) => {
    log.fatal({ err: error }, 'the runner of jobs ended; so does this process');
    process.exit(1);
  });
  const beat = await startJobBeat({ pool: stores.pool, log, workers }, context.settings);
  return {
    async stop() {
      await runner.stop();
      await beat.stop();
      load.close();
      await publish.close();
    },
  };
}
