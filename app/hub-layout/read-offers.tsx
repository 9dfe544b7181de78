import type { HubInfo } from '../../hubs/find-hub.ts';
import type { Layout } from '../../hubs/layout.ts';
import type { AnyKind, Services } from '../../widgets/kind.ts';
import { fitsOn, offerKinds, settingsAsFields } from '../../widgets/library.ts';
import { findKind } from '../../widgets/registry.ts';
import { describeSettings } from '../../widgets/settings-form.ts';
import type { KindOffer } from './offer.ts';

/** The library of a hub's widgets, and the kinds that stand on its page though it does not offer them. */
export async function readOffers(hub: HubInfo, layout: Layout, services: Services): Promise<KindOffer[]> {
  const offered = offerKinds(hub.type, services);
  const names = new Set(layout.map(({ kind }) => kind));
  const standing = [...names]
    .flatMap((name) => findKind(name) ?? [])
    .filter((kind) => !offered.includes(kind));
  return Promise.all([...offered, ...standing].map((kind) => toOffer(kind, offered.includes(kind))));
}

async function toOffer(kind: AnyKind, offered: boolean): Promise<KindOffer> {
  const Picture = (await kind.thumbnail?.())?.default;
  return {
    kind: kind.kind,
    label: kind.label,
    description: kind.description,
    fits: `On ${fitsOn(kind)}, ${kind.column} column`,
    column: kind.column,
    picture: Picture ? <Picture /> : null,
    settings: describeSettings(kind),
    fields: settingsAsFields(kind, {}),
    offered,
  };
}
