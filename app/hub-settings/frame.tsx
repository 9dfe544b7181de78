import Link from 'next/link';
import { notFound, redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { type HubInfo, hubPath } from '../../hubs/find-hub.ts';
import { may } from '../../hubs/permissions.ts';
import { readHub } from '../hub/read-hub.ts';
import { SectionLinks } from '../settings/section-links.tsx';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';
import { tabsOf } from './tabs.ts';

/** The hub, for somebody who may change it; a visitor signs in first, anybody else is told that it is not theirs. */
export async function demandOwner(type: HubInfo['type'], name: string, tab: string): Promise<HubInfo> {
  const { widgets: _shown, ...hub } = await readHub(getStores().database, type, name);
  const viewer = await getViewer();
  if (!viewer) redirect(`/sign-in?to=${encodeURIComponent(`${hubPath(hub)}/settings/${tab}`)}`);
  if (!may(viewer, 'archive', hub)) notFound();
  return hub;
}

/** What stands around every tab of a hub's settings. */
export function SettingsFrame({ hub, children }: { hub: HubInfo; children: ReactNode }) {
  const sections = tabsOf(hub.type).map(({ tab, name }) => ({
    path: `${hubPath(hub)}/settings/${tab}`,
    name,
  }));
  return (
    <div className="mx-auto max-w-3xl px-4 py-8">
      <p className="text-sm">
        <Link href={hubPath(hub)}>Back to {hub.name}</Link>
      </p>
      <h1 className="mt-1 mb-4 font-semibold text-2xl">Settings of {hub.name}</h1>
      <SectionLinks sections={sections} />
      {hub.archivedAt && (
        <p className="mt-4 rounded-md bg-warn-soft px-4 py-3 text-warn">
          This hub is archived and can’t be changed. Under{' '}
          <Link href={`${hubPath(hub)}/settings/other`}>Other</Link> it can be woken.
        </p>
      )}
      <div className="py-6">{children}</div>
    </div>
  );
}
