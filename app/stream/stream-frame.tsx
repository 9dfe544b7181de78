import Link from 'next/link';
import type { ReactNode } from 'react';
import { HUBS_PER_STREAM } from '../../bus/streams.ts';
import type { HubInfo } from '../../hubs/find-hub.ts';
import { readStreamSources } from '../../hubs/stream-sources.ts';
import type { Viewer } from '../../hubs/viewer.ts';
import { LiveProvider } from '../../ui/live.tsx';
import { HubHeader } from '../hub/hub-header.tsx';
import { LayoutLink } from '../hub/owner-links.tsx';
import { RefreshPage } from '../hub/refresh-page.tsx';
import { Side } from '../side/side.tsx';
import { getStores } from '../stores.ts';

const tabs = [
  { path: '/stream', name: 'Stream' },
  { path: '/stream/actions', name: 'Actions' },
  { path: '/stream/mentions', name: 'Mentions' },
  { path: '/stream/saved', name: 'Saved' },
  { path: '/stream/hidden', name: 'Filters' },
];

interface Props {
  viewer: Viewer;
  hub: HubInfo;
  /** The tab's address. */
  tab: string;
  now: number;
  children: ReactNode;
}

/** Every tab of My Stream: its header, the tabs, and news of all the hubs that are merged in it. */
export async function StreamFrame({ viewer, hub, tab, now, children }: Props) {
  const sources = await readStreamSources(getStores().database, viewer);
  const lively = [hub, ...sources].slice(0, HUBS_PER_STREAM);
  // In an order that stays, so that a page rendered again keeps its event stream.
  const heard = lively.map(({ id }) => id).sort((a, b) => a - b);
  return (
    <Side current={hub}>
      <LiveProvider hubs={heard} now={now}>
        <RefreshPage hub={hub.id} entries={tab !== '/stream'} />
        <HubHeader
          hub={hub}
          counters={null}
          now={now}
          actions={
            tab === '/stream' && (
              <div className="text-sm leading-6">
                <LayoutLink hub={hub} />
              </div>
            )
          }
        />
        <div className="border-line border-b bg-surface 2xl:border-x">
          <nav aria-label="My Stream" className="mx-auto max-w-6xl overflow-x-auto px-2 sm:px-1">
            <ul className="flex sm:gap-1">
              {tabs.map(({ path, name }) => (
                <li key={path}>
                  <Link
                    href={path}
                    prefetch={false}
                    aria-current={path === tab ? 'page' : undefined}
                    className="block whitespace-nowrap border-transparent border-b-2 px-1 py-2 text-muted text-sm touch:py-3 min-[24rem]:px-2 sm:px-3 hover:text-text hover:no-underline aria-[current]:border-accent aria-[current]:font-semibold aria-[current]:text-text"
                  >
                    {name}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        </div>
        <div className="mx-auto max-w-6xl px-4 py-5">{children}</div>
      </LiveProvider>
    </Side>
  );
}

/** A tab's one list. */
export const Panel = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="max-w-4xl rounded-lg border border-line bg-surface shadow-card">
    <h2 className="border-line border-b px-4 py-2.5 font-semibold text-sm">{title}</h2>
    {children}
  </section>
);
