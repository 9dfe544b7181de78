// Runs the promised jobs (graphile-worker).
import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Logger, run, type WorkerEvents } from 'graphile-worker';
import { openPool } from '../prisma/client.ts';
import type { Log } from '../runtime/log.ts';
import type { Context } from '../runtime/process.ts';
import { loadFlag } from '../widgets/ask-for-loads.ts';
import { openCacheAbsence } from './cache-absence.ts';
import { makeForgetTask } from './count-entries.ts';
import { startJobBeat } from './job-beat.ts';
import { countJobs } from './job-metrics.ts';
import type { JobStores } from './job-stores.ts';
import { openLoadGate } from './load-gate.ts';
import { makePatient } from './patient-pool.ts';
import { makeBackfillTask } from './tasks/backfill.ts';
import { makeBackfillTeamTask } from './tasks/backfill-team.ts';
import { makeCheckLedgerTask } from './tasks/check-ledger.ts';
import { makeClearFeedTask } from './tasks/clear-feed.ts';
import { makeFollowUpgradeTask } from './tasks/follow-upgrade.ts';
import { makeLoadTask } from './tasks/load.ts';
import { makeCheckLinksTask, makePreviewTask } from './tasks/preview.ts';
import { makePublishTasks } from './tasks/publish-event.ts';
import { makeAccountsTasks } from './tasks/read-accounts.ts';
import { makeRenewTask } from './tasks/renew.ts';
import { makeTellBrowsersTask } from './tasks/tell-browsers.ts';

/** A load that has come to its deadline is out of the service's gate so soon, unless its process died. */
const LEAVE_MS = 2_000;
/** More than one service may occupy (LOADS_PER_SERVICE), though most of them only wait for an answer. */
const CONCURRENCY = 8;
/** Jobs for later are looked for that often; jobs for now are heard of by LISTEN. */
const POLL_MS = 1_000;
/** Daily, at times (UTC) when few look, or hourly; whichever process is first does it for all. */
const CRONTAB = `13 * * * * check-ledger
7 2 * * * sync-teams
17 3 * * * forget-seen
37 3 * * * check-links`;

/** One connection hears of jobs, one takes and ends them, by index, as a crash may undo (docs/decisions/003). */
const POOL = {
  connections: 2,
  options: '-c enable_sort=off -c enable_seqscan=off -c synchronous_commit=off',
};

/** It says so at every start; meant so, for a load that waits for an answer holds no connection. */
const FEWER_CONNECTIONS = /maxPoolSize .* smaller than concurrency/;

/** The library's lines in the process's log; what it calls info is our debug. */
const graphileLogger = (log: Log) =>
  new Logger(() => (level, message) => {
    if (level === 'error') log.error(message);
    else if (level === 'warning' && !FEWER_CONNECTIONS.test(message)) log.warn(message);
    else log.debug(message);
  });

/** What runs at a stop may take that long; then it is handed back to the peers, and aborted a moment later. */
const FINISH_MS = 4_000;
const ABORT_MS = 4_500;
/** What does not heed that is left. */
const END_MS = 6_000;

/** Starts the runner. */
export async function startRunner(context: Context, stores: JobStores): Promise<{ stop(): Promise<void> }> {
  const log = context.log.child({ part: 'jobs' });
  const holders: string[] = [];
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => holders.push(workerPool.id));
  const gate = openLoadGate(stores.redis, {
    perService: context.settings.LOADS_PER_SERVICE,
    holdMs: context.settings.LOAD_DEADLINE_MS + LEAVE_MS,
  });
  const absence = openCacheAbsence(stores.cache);
  const publish = makePublishTasks(context);
  const pool = openPool(context.settings.DATABASE_DIRECT_URL, POOL);
  const taskList = {
    load: makeLoadTask(context, stores, { gate, absence }),
    renew: makeRenewTask(stores, context.settings.LOAD_TRIES),
    backfill: makeBackfillTask(context, stores),
    'backfill-team': makeBackfillTeamTask(context, stores),
    preview: makePreviewTask(stores.database),
    'check-links': makeCheckLinksTask(stores.database),
    'clear-feed': makeClearFeedTask(stores.feeds),
    'follow-upgrade': makeFollowUpgradeTask(stores.database),
    'check-ledger': makeCheckLedgerTask({ settings: context.settings, log }, stores.pool),
    'forget-seen': makeForgetTask(stores.pool),
    'tell-browsers': makeTellBrowsersTask(stores.redis),
    ...publish.tasks,
    ...makeAccountsTasks(context, stores),
  };
  countJobs(context.metrics, events, Object.keys(taskList));
  const runner = await run({
    pgPool: makePatient(pool),
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: ABORT_MS,
    logger: graphileLogger(log),
    events,
    forbiddenFlags: async () => (absence.lasts() ? [loadFlag] : gate.closed()),
    taskList,
    crontab: CRONTAB,
  });
  let stopping = false;
  const endWith = (error?: unknown) => {
    if (stopping) return;
    log.fatal({ err: error }, 'the runner of jobs ended; so does this process');
    process.exit(1);
  };
  runner.promise.then(endWith, endWith);
  const beat = startJobBeat({ url: context.settings.DATABASE_DIRECT_URL, log, holders }, context.settings);
  return {
    async stop() {
      stopping = true;
      const handBack = () =>
        beat.handBack().catch((error) => log.warn({ err: error }, 'no job was handed back'));
      const handingBack = setTimeout(handBack, FINISH_MS);
      await Promise.race([runner.stop(), wait(END_MS, undefined, { ref: false })]);
      clearTimeout(handingBack);
      await beat.stop();
      await publish.close();
      await pool.end();
    },
  };
}
