// The job `load`: asks the outside service for one value, keeps it, tells the hubs that show it.
import type { JobHelpers, Task } from 'graphile-worker';
import { z } from 'zod';
import { connectRedis } from '../../bus/streams.ts';
import { audienceOf } from '../../hubs/permissions.ts';
import type { Hub, Widget } from '../../prisma/generated/client.ts';
import type { Context } from '../../runtime/process.ts';
import { UpstreamError } from '../../upstreams/upstream-error.ts';
import type { Loaded } from '../../widgets/kind.ts';
import { findKind } from '../../widgets/registry.ts';
import { configuredServices } from '../../widgets/services.ts';
import { partOf, readValues, writeValue } from '../../widgets/values.ts';
import type { JobStores } from '../job-stores.ts';
import { addNotice } from '../notices.ts';

const payloadSchema = z.object({ key: z.string() });

type Shown = Widget & { hub: Hub };

/** graphile-worker's wait before the next try, in milliseconds (its documentation: exp(attempts) seconds, 10 at most). */
const waitAfter = (attempts: number): number => Math.exp(Math.min(attempts, 10)) * 1_000;

async function load(widget: Shown, { settings }: Context, stop: AbortSignal | undefined): Promise<Loaded> {
  const kind = findKind(widget.kind);
  const part = kind && partOf(kind, widget.settings, widget.hub);
  if (!kind?.loader || part === null) return {};
  const signal = AbortSignal.any([AbortSignal.timeout(settings.LOAD_DEADLINE_MS), ...(stop ? [stop] : [])]);
  const services = configuredServices(settings);
  const asOf = Date.now();
  const { value, source } = await kind.loader.load(part, { services, signal, now: asOf });
  return { value: { data: value, asOf, source } };
}

/** What the cache says of a load that failed: the old value stays, beside it the sentence and when it is tried again. */
function failed(old: Loaded | null, error: UpstreamError, { job }: JobHelpers): Loaded {
  const again = error.retry && job.attempts < job.max_attempts;
  const at = Date.now();
  return {
    ...(old?.value ? { value: old.value } : {}),
    failure: { sentence: error.message, at, ...(again ? { retryAt: at + waitAfter(job.attempts) } : {}) },
  };
}

/** The task and what closes its connection. A load that may pass later throws, so that graphile-worker tries it again. */
export function makeLoadTask(
  context: Context,
  { database, cache }: JobStores,
): { task: Task; close(): void } {
  const redis = connectRedis(context.settings.REDIS_URL);

  async function tell(widgets: Shown[]): Promise<void> {
    for (const hub of new Map(widgets.map((widget) => [widget.hubId, widget.hub])).values()) {
      const ids = widgets.filter((widget) => widget.hubId === hub.id).map((widget) => widget.id);
      await addNotice(redis, { hub: hub.id, what: 'value', widgets: ids, audience: audienceOf(hub) });
    }
  }

  const task: Task = async (payload, helpers) => {
    const { key } = payloadSchema.parse(payload);
    const widgets = await database.widget.findMany({ where: { valueKey: key }, include: { hub: true } });
    const [widget] = widgets;
    if (!widget) return; // nobody shows it any more
    try {
      await writeValue(cache, key, await load(widget, context, helpers.abortSignal));
    } catch (error) {
      // A load that this process's stop cut short says nothing of the service.
      if (!(error instanceof UpstreamError) || helpers.abortSignal?.aborted) throw error;
      const [old] = await readValues(cache, [key]);
      const outcome = failed(old ?? null, error, helpers);
      await writeValue(cache, key, outcome);
      if (outcome.failure?.retryAt !== undefined) throw error;
    } finally {
      await tell(widgets);
    }
  };
  return { task, close: () => redis.disconnect() };
}
