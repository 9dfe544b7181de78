import type { Hub, Widget } from '../../prisma/generated/client.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Exchange } from '../../upstreams/fetch.ts';
import { Unchanged } from '../../upstreams/upstream-error.ts';
import { findKind } from '../../widgets/registry.ts';
import { configuredServices } from '../../widgets/services.ts';
import { type Kept, partOf } from '../../widgets/values.ts';

/** A widget with its hub: what a loader's part is made of. */
export type Shown = Widget & { hub: Hub };

/** What did not change is asked for whole after that all the same: what was made of it may depend on the day. */
const UNCHANGED_MS = 86_400_000;

function loaderOf(widget: Shown) {
  const kind = findKind(widget.kind);
  const part = kind && partOf(kind, widget.settings, widget.hub);
  return kind?.loader && part !== null ? { loader: kind.loader, part } : null;
}

/**
 * Asks the service for what the widget shows.
 * @param old what the cache has, so that what did not change need not be sent again
 * @param stop this process stops
 * @returns what the cache shall have; `isNew` is false where the old value was as good, and is younger now
 * @throws {UpstreamError} at LOAD_DEADLINE_MS at the latest
 */
export async function callLoader(
  widget: Shown,
  old: Kept,
  exchange: Exchange,
  settings: Settings,
  stop?: AbortSignal,
): Promise<{ kept: Kept; isNew: boolean }> {
  const found = loaderOf(widget);
  if (!found) return { kept: {}, isNew: true };
  const signal = AbortSignal.any([AbortSignal.timeout(settings.LOAD_DEADLINE_MS), ...(stop ? [stop] : [])]);
  const services = configuredServices(settings);
  const asOf = Date.now();
  const { value: known, validators } = old;
  if (known && validators && asOf - validators.wholeAt < UNCHANGED_MS) exchange.known = validators;
  try {
    const { value, source } = await found.loader.load(found.part, { services, signal, exchange, now: asOf });
    const heard = exchange.validators && { validators: { ...exchange.validators, wholeAt: asOf } };
    return { kept: { value: { data: value, asOf, source }, ...heard }, isNew: true };
  } catch (error) {
    if (!(error instanceof Unchanged) || !known || !validators) throw error;
    return { kept: { value: { ...known, asOf }, validators }, isNew: false };
  }
}

/** How often a source that sends no messages is looked at, milliseconds; null where messages tell. */
export function silentForMs(widget: Shown): number | null {
  const found = loaderOf(widget);
  return found && found.loader.interests(found.part).length === 0 ? found.loader.maxAgeMs : null;
}
