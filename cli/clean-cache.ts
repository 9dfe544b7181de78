import type { Cache } from '../cache/cache.ts';
import type { Pool } from '../prisma/client.ts';
import { listLoadingWidgets } from '../widgets/expected-values.ts';
import { findKind, listKinds } from '../widgets/registry.ts';
import { nearNames } from './near-names.ts';
import { Refusal } from './refusal.ts';

/**
 * The keys of the values that the widgets show, each once.
 * @param targets ids and kinds of widgets, archived hubs' too
 * @throws {Refusal} for the first that there is none of, or when nothing is named
 */
export async function findTargets(pool: Pool, targets: string[], all: boolean): Promise<string[]> {
  if (targets.length === 0 && !all)
    throw new Refusal('Name the widgets to clean by id or kind, or add --all.');
  const widgets = await listLoadingWidgets(pool);
  const chosen = all ? widgets : [];
  for (const target of targets) {
    if (/^\d+$/.test(target)) {
      const widget = widgets.find(({ id }) => id === Number(target));
      if (!widget)
        throw new Refusal(`No widget ${target} loads anything; \`hubs cache list\` shows those that do.`);
      chosen.push(widget);
    } else {
      demandLoadingKind(target);
      chosen.push(...widgets.filter(({ kind }) => kind === target));
    }
  }
  return [...new Set(chosen.map(({ valueKey }) => valueKey))];
}

function demandLoadingKind(name: string): void {
  if (findKind(name)?.loader) return;
  if (findKind(name)) throw new Refusal(`Widgets of the kind ${name} load nothing, so nothing is cached.`);
  const kinds = listKinds().flatMap(({ kind, loader }) => (loader ? [kind] : []));
  const near = nearNames(name, kinds);
  throw new Refusal(
    `There is no kind of widget ${name}; ${near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are ${kinds.join(', ')}.`}`,
  );
}

/** Removes the values; pages have them loaded anew when somebody looks. @returns how many there were, and how many widgets share them */
export async function cleanWidgets(
  pool: Pool,
  cache: Cache,
  keys: string[],
): Promise<{ removed: number; widgets: number }> {
  const removed = new Set<string>();
  for (const key of keys) if (await cache.delete(key)) removed.add(key);
  const widgets = (await listLoadingWidgets(pool)).filter(({ valueKey }) => removed.has(valueKey));
  return { removed: removed.size, widgets: widgets.length };
}
