import Link from 'next/link';
import type { ReactNode } from 'react';
import { TabNav } from './tab-nav.tsx';
import { listTabs, tabPath } from './tabs.ts';

interface Props {
  params: Promise<{ name: string }>;
  children: ReactNode;
}

/** The frame of a team hub's settings; each page checks who may see it. */
export default async function Layout({ params, children }: Props) {
  const hub = `/t/${(await params).name}`;
  return (
    <div className="mx-auto max-w-6xl px-4 py-6">
      <p className="text-sm">
        <Link href={hub}>{decodeURIComponent(hub.slice(3))}</Link>
      </p>
      <div className="mt-3 gap-8 md:grid md:grid-cols-[11rem_minmax(0,1fr)]">
        <TabNav tabs={listTabs().map(([tab, label]) => [tabPath(hub, tab), label])} />
        <div className="min-w-0">{children}</div>
      </div>
    </div>
  );
}
