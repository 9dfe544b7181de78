// Which kinds a hub may have, and how they begin.
import type { Fields } from '../hubs/drafts.ts';
import type { HubInfo, HubType } from '../hubs/find-hub.ts';
import { HubError } from '../hubs/hub-error.ts';
import type { AnyKind, Services } from './kind.ts';
import { findKind, listKinds } from './registry.ts';
import { describeSettings } from './settings-form.ts';

/** What the library offers to a hub. */
export const offerKinds = (type: HubType, services: Services): AnyKind[] =>
  listKinds().filter((kind) => whyNot(kind, type, services) === null);

const pages: Record<HubType, string> = {
  user: 'people’s pages',
  team: 'teams’ pages',
  stream: 'streams',
};

export const fitsOn = (kind: AnyKind): string => kind.hubTypes.map((type) => pages[type]).join(', ');

/** Why the hub can't have it, or null. */
function whyNot(kind: AnyKind, type: HubType, services: Services): string | null {
  if (!kind.hubTypes.includes(type)) return `${kind.label} does not fit here: it is for ${fitsOn(kind)}.`;
  if (kind.service && !services[kind.service])
    return `${kind.label} can’t be added: the service it shows (${kind.service}) is not set up here.`;
  return null;
}

/**
 * The kind that is to be added.
 * @throws {HubError} with the reason where the hub can't have it
 */
export function findOffered(
  name: string,
  { type }: Pick<HubInfo, 'type'>,
  services: Services,
  field = '',
): AnyKind {
  const kind = listKinds().find((one) => one.kind === name);
  if (!kind) throw new HubError(`There is no widget “${name.slice(0, 40)}” here.`, { field });
  const reason = whyNot(kind, type, services);
  if (reason) throw new HubError(reason, { field });
  return kind;
}

/** How a kind is called; one that is not installed (any more) by its name. */
export const labelOf = (kind: string): string => findKind(kind)?.label ?? kind;

/** Settings as their form's texts. What is not valid (any more) stands there to be mended. */
export function settingsAsFields(kind: AnyKind, settings: unknown): Fields {
  const values: Record<string, unknown> = { ...(typeof settings === 'object' ? settings : {}) };
  return Object.fromEntries(
    describeSettings(kind).flatMap(({ name, input, default: preset }) => {
      const value = values[name] ?? preset;
      if (input === 'tick') return value ? [[name, 'on']] : [];
      return [[name, String(value)]];
    }),
  );
}

/** New widgets of a preview hub are for its members until an owner says otherwise. */
export const startsRestricted = (hub: Pick<HubInfo, 'visibility'>): boolean => hub.visibility === 'preview';
