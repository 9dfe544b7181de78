import Link from 'next/link';
import type { CSSProperties, ReactNode } from 'react';
import { hubPath } from '../../hubs/find-hub.ts';
import { readSide, type SideHub } from '../../hubs/side.ts';
import { TypeIcon } from '../../ui/icons.tsx';
import { idleShare } from '../../ui/idle.ts';
import { getStores } from '../stores.ts';
import { getViewer } from '../viewer.ts';

/**
 * The page with the viewer's hubs at its left; on a phone they fold away behind a button. It is a popover there and plain
 * content on wide screens, so both need no JavaScript. More hubs than fit the window scroll by themselves.
 * @param current the hub the page is about; none for pages about the viewer or about all hubs
 */
export async function Side({ current, children }: { current?: { id: number }; children: ReactNode }) {
  const viewer = await getViewer();
  if (!viewer) return children;
  const { stream, hubs } = await readSide(getStores().database, viewer);
  const now = Date.now();
  const somethingNew = [stream, ...hubs].some((hub) => hub?.isNew && hub.id !== current?.id);
  return (
    <div className="mx-auto w-full max-w-[88rem] lg:flex">
      <div className="border-line border-b bg-surface px-4 py-1.5 touch:py-0 lg:hidden">
        <button
          type="button"
          popoverTarget="my-hubs"
          className="inline-flex cursor-pointer items-center gap-2 rounded-md py-1 pr-2 font-medium text-sm touch:min-h-11"
        >
          <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4">
            <path d="M2 4h12M2 8h12M2 12h12" stroke="currentColor" strokeWidth="1.8" />
          </svg>
          My hubs
          {somethingNew && <Dot />}
        </button>
      </div>
      <nav
        id="my-hubs"
        popover="auto"
        aria-label="My hubs"
        className="fixed inset-y-0 right-auto left-0 m-0 h-dvh w-64 overflow-y-auto border-line border-r bg-surface p-3 text-text lg:sticky lg:top-0 lg:block lg:h-auto lg:max-h-dvh lg:w-56 lg:shrink-0 lg:self-start lg:border-0 lg:bg-transparent lg:pt-6"
      >
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
          {stream && (
            <SideLink hub={stream} current={current?.id === stream.id} now={null}>
              My Stream
            </SideLink>
          )}
          {hubs.map((hub) => (
            <SideLink key={hub.id} hub={hub} current={current?.id === hub.id} now={now}>
              {hub.name}
            </SideLink>
          ))}
        </ul>
        {hubs.length === 0 && (
          <p className="px-2.5 py-2 text-muted text-sm">Hubs you star, follow or belong to stand here.</p>
        )}
        <p className="mt-2 border-line border-t px-2.5 pt-2 text-sm">
          <Link href="/groups">Find a team</Link>
          {hubs.length > 1 && (
            <>
              {' · '}
              <Link href="/settings/hubs">Order</Link>
            </>
          )}
        </p>
      </nav>
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}

function SideLink({
  hub,
  current,
  now,
  children,
}: {
  hub: SideHub;
  current: boolean;
  /** Null: it does not grow grey. */
  now: number | null;
  children: ReactNode;
}) {
  const idle = now === null ? 0 : idleShare(hub, now);
  return (
    <li style={{ '--idle': idle } as CSSProperties}>
      <Link
        href={hubPath(hub)}
        prefetch={false}
        aria-current={current ? 'page' : undefined}
        className="flex items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm touch:min-h-11 hover:bg-sunken hover:no-underline aria-[current]:bg-accent aria-[current]:text-surface"
      >
        <span className={current ? '' : 'idle-name'}>
          {hub.type === 'stream' ? (
            <svg viewBox="0 0 16 16" fill="currentColor" aria-hidden="true" className="size-4">
              <path d="M8 1.5 1 8h2v6h4v-4h2v4h4V8h2Z" />
            </svg>
          ) : (
            <TypeIcon name={hub.type === 'user' ? 'user' : hub.teamKind} className="size-4" />
          )}
        </span>
        <span className={`min-w-0 flex-1 truncate ${current ? '' : 'idle-name'}`}>{children}</span>
        {hub.isNew && !current && <Dot />}
      </Link>
    </li>
  );
}

const Dot = () => (
  <span className="size-2 shrink-0 rounded-full bg-accent">
    <span className="sr-only">, something new</span>
  </span>
);
