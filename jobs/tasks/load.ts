// The job `load`: asks the outside service for one value, keeps it, tells the hubs that show it. What fails for a reason
// that may pass waits again, as a job with its own time, up to LOAD_TRIES tries.
import type { JobHelpers, Task } from 'graphile-worker';
import { z } from 'zod';
import { CacheAway } from '../../cache/cache.ts';
import { audienceOf } from '../../hubs/permissions.ts';
import type { Context } from '../../runtime/process.ts';
import type { Exchange } from '../../upstreams/fetch.ts';
import { UpstreamError } from '../../upstreams/upstream-error.ts';
import { askedFlag, isWorthLoading, loadFlag } from '../../widgets/ask-for-loads.ts';
import { configuredServices } from '../../widgets/services.ts';
import { askedFor, type Kept, readKept, writeValue } from '../../widgets/values.ts';
import type { CacheAbsence } from '../cache-absence.ts';
import type { JobStores } from '../job-stores.ts';
import { enterSoon, type Finding, type LoadGate } from '../load-gate.ts';
import { countLoads, type LoadOutcome } from '../load-metrics.ts';
import { addNotice } from '../notices.ts';
import { callLoader, type Shown, silentForMs } from './call-loader.ts';
import { renewAfterMs, renewKey } from './renew.ts';

/** `tries` were made; to find no place, a service that is left alone, or a cache that is away, is none. */
const payloadSchema = z.object({
  key: z.string(),
  tries: z.number().int().default(0),
  /** The one that had the value loaded; others may have come while it waited. */
  message: z.string().optional(),
});

/** One run of the job. */
interface Run {
  key: string;
  tries: number;
  message: string | undefined;
  /** Whom it asks. */
  asked: string;
  /** All that show the value. */
  widgets: [Shown, ...Shown[]];
  old: Kept;
  helpers: JobHelpers;
}

/** Whether it is worth a request was asked when the job was made; after so long it is asked anew. */
const JUST_ASKED_MS = 60_000;
/** Who found no place comes again so soon, in no order. */
const busyMs = () => 500 + Math.random() * 500;
/** A service may have been asked for what could not be kept: not again so soon, also where the cache comes and goes. */
const UNKEPT_MS = 10_000;
/** 3 s, 7 s, 20 s, ... 6 h at most, and a little more, so that not all come at once. */
const waitAfterMs = (tries: number) => Math.exp(Math.min(tries, 10)) * 1_000 * (1 + Math.random() / 10);
/** Those who wait until a service is asked again spread, too, over a minute at most. */
const spreadMs = (restMs: number) => restMs + Math.random() * Math.min(restMs / 5, 60_000);
/** For a service that asks for fewer requests and does not say until when. */
const TOO_MANY_MS = 60_000;

/** A service that refuses in words is up; one that is silent or has a fault is not. */
const findingOf = ({ status, retry, retryAfterMs, message }: UpstreamError): Finding => ({
  outcome: retry && status !== 429 && status !== 403 ? 'failed' : 'answered',
  askedMs: retryAfterMs ?? (status === 429 ? TOO_MANY_MS : 0),
  sentence: message,
});

/** It gave what was asked for, and its headers may say that this was the last for now. */
const findingOfAnswer = ({ value }: Kept, { restMs }: Exchange): Finding =>
  restMs
    ? {
        outcome: 'answered',
        askedMs: restMs,
        sentence: `${value?.source.name} lets Hubs ask no more for now.`,
      }
    : { outcome: 'answered' };

export function makeLoadTask(
  context: Context,
  stores: JobStores,
  { gate, absence }: { gate: LoadGate; absence: CacheAbsence },
): Task {
  const { settings, metrics, log } = context;
  const { pool, database, cache, redis } = stores;
  const counts = countLoads(metrics, configuredServices(settings), gate);

  async function tell(widgets: Shown[], message: string | undefined): Promise<void> {
    for (const hub of new Map(widgets.map((widget) => [widget.hubId, widget.hub])).values()) {
      const ids = widgets.filter((widget) => widget.hubId === hub.id).map((widget) => widget.id);
      const notice = { hub: hub.id, what: 'value', widgets: ids, audience: audienceOf(hub) } as const;
      await addNotice(redis, message === undefined ? notice : { ...notice, messages: [message] });
    }
  }

  /** The next job has the same key: still one waits for the value. */
  const putBack = (
    { key, tries, message, asked, helpers: { job, addJob } }: Omit<Run, 'old'>,
    waitMs: number,
  ) =>
    addJob(
      'load',
      { key, tries, message },
      {
        jobKey: key,
        runAt: new Date(Date.now() + waitMs),
        maxAttempts: settings.LOAD_TRIES,
        priority: job.priority,
        flags: [loadFlag, askedFlag(asked)],
      },
    );

  /** The old value stays, beside it the sentence and when it is tried again. */
  const keepFailure = (
    { key, old: { failure: _, ...old } }: Run,
    sentence: string,
    at: { retryAt?: number } = {},
  ) => writeValue(cache, key, { ...old, failure: { sentence, at: Date.now(), ...at } });

  async function tryAgain(run: Run, sentence: string, waitMs: number): Promise<void> {
    await keepFailure(run, sentence, { retryAt: Date.now() + waitMs });
    await putBack(run, waitMs);
  }

  /** Of a source that says nothing of its changes this load promises the next one. */
  async function promiseRenewal({ key, widgets: [widget], helpers }: Run): Promise<void> {
    const everyMs = silentForMs(widget);
    if (everyMs === null) return;
    const runAt = new Date(Date.now() + renewAfterMs(everyMs));
    await helpers.addJob('renew', { key }, { jobKey: renewKey(key), runAt });
  }

  /** Asks the service, and tells the gate what it found. */
  async function ask({ asked, widgets, old, helpers: { job, abortSignal } }: Run) {
    const exchange: Exchange = {};
    const leave = (finding: Finding) => gate.leave(asked, job.id, finding);
    try {
      const loaded = await callLoader(widgets[0], old, exchange, settings, abortSignal).finally(
        counts.time(asked),
      );
      await leave(findingOfAnswer(loaded.kept, exchange));
      return loaded;
    } catch (error) {
      // A load that this process's stop cut short says nothing of the service.
      if (error instanceof UpstreamError && !abortSignal?.aborted)
        return { error, restMs: await leave(findingOf(error)) };
      await leave({ outcome: 'unknown' });
      throw error;
    }
  }

  async function runLoad(run: Run): Promise<LoadOutcome> {
    const entry = await enterSoon(gate, run.asked, run.helpers.job.id);
    if (entry === 'busy') {
      await putBack(run, busyMs());
      return 'busy';
    }
    if (entry !== 'enters') {
      await tryAgain(run, entry.sentence, spreadMs(entry.restMs));
      return 'resting';
    }
    const found = await ask(run);
    if ('error' in found && found.error.retry && run.tries + 1 < settings.LOAD_TRIES) {
      const tried = { ...run, tries: run.tries + 1 };
      const waitMs = Math.max(waitAfterMs(tried.tries), spreadMs(found.restMs));
      await tryAgain(tried, found.error.message, waitMs);
      return 'failed';
    }
    if ('error' in found) await keepFailure(run, found.error.message);
    else await writeValue(cache, run.key, found.kept);
    await promiseRenewal(run);
    if ('error' in found) return 'ended';
    return found.isNew ? 'loaded' : 'unchanged';
  }

  /** While the cache is away the load waits for it, untried. */
  async function runWhereKept(run: Omit<Run, 'old'>): Promise<LoadOutcome> {
    let waitMs = busyMs();
    try {
      const old = await readKept(cache, run.key);
      waitMs = UNKEPT_MS;
      return await runLoad({ ...run, old });
    } catch (error) {
      if (!(error instanceof CacheAway)) throw error;
      absence.notice();
      await putBack(run, waitMs);
      return 'unkept';
    }
  }

  return async (payload, helpers) => {
    const { key, tries, message } = payloadSchema.parse(payload);
    const [widget, ...others] = await database.widget.findMany({
      where: { valueKey: key },
      include: { hub: true },
    });
    if (!widget) return; // nobody shows it any more
    const asked = askedFor(key);
    const waitedMs = Date.now() - helpers.job.created_at.getTime();
    if (waitedMs > JUST_ASKED_MS && !(await isWorthLoading({ pool, redis }, key)))
      return counts.count(asked, 'unseen');
    const widgets: Run['widgets'] = [widget, ...others];
    const outcome = await runWhereKept({ key, tries, message, asked, widgets, helpers });
    counts.count(asked, outcome);
    log.debug({ message, value: key, outcome }, 'asked a service');
    if (outcome !== 'busy' && outcome !== 'unkept') await tell(widgets, message);
  };
}
