import Link from 'next/link';
import type { ReactNode } from 'react';
import { type HubInfo, hubPath } from '../../hubs/find-hub.ts';
import { Side } from '../side/side.tsx';
import { TabNav } from './tab-nav.tsx';
import { tabPath, tabsOf } from './tabs.ts';

interface Props {
  hub: HubInfo;
  tab: string;
  children: ReactNode;
}

/** The frame of a hub's settings: the way back, the tabs, and what the open one is called. */
export function SettingsLayout({ hub, tab, children }: Props) {
  const path = hubPath(hub);
  const tabs = tabsOf(hub.type);
  return (
    <Side current={hub}>
      <div className="mx-auto max-w-6xl px-4 py-6">
        <p className="text-sm">
          <Link href={path}>Back to {hub.name}</Link>
        </p>
        <div className="mt-3 gap-8 md:grid md:grid-cols-[11rem_minmax(0,1fr)]">
          <TabNav tabs={tabs.map(({ tab, name }) => [tabPath(path, tab), name])} />
          <div className="min-w-0">
            <h1 className="mb-4 break-words font-semibold text-2xl">
              {tabs.find((one) => one.tab === tab)?.title} of {hub.name}
            </h1>
            {children}
          </div>
        </div>
      </div>
    </Side>
  );
}
