import Link from 'next/link';
import type { ReactNode } from 'react';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { TabNav } from './tab-nav.tsx';
import { tabPath, tabsOf } from './tabs.ts';

interface Props {
  type: HubInfo['type'];
  /** The hub's address, such as /t/design. */
  path: string;
  children: ReactNode;
}

/** The frame of a hub's settings; each page checks who may see it. */
export function SettingsLayout({ type, path, children }: Props) {
  return (
    <div className="mx-auto max-w-6xl px-4 py-6">
      <p className="text-sm">
        <Link href={path}>Back to {path.slice(3)}</Link>
      </p>
      <div className="mt-3 gap-8 md:grid md:grid-cols-[11rem_minmax(0,1fr)]">
        <TabNav tabs={tabsOf(type).map(({ tab, name }) => [tabPath(path, tab), name])} />
        <div className="min-w-0">{children}</div>
      </div>
    </div>
  );
}
