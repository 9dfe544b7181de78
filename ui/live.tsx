'use client';
// One event stream for the whole page: who shows something hears what changed, everybody is told when it breaks.
import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from 'react';
import { noteServerTime } from './clock.ts';
import { type Heard, openEventStream, type StreamState } from './event-stream.ts';

interface Live {
  state: StreamState;
  listen(listener: (heard: Heard) => void): () => void;
}

const LiveContext = createContext<Live>({ state: 'off', listen: () => () => undefined });

/** The state of the page's stream, and how to hear from it. */
export const useLive = (): Live => useContext(LiveContext);

/**
 * @param hubs whose notices the page hears, at most HUBS_PER_STREAM
 * @param now when the page was rendered, before anything of it was read
 */
export function LiveProvider({ hubs, now, children }: { hubs: number[]; now: number; children: ReactNode }) {
  const [state, setState] = useState<StreamState>('connecting');
  const [listeners] = useState(() => new Set<(heard: Heard) => void>());
  const [listen] = useState(() => (listener: (heard: Heard) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  });

  const router = useRouter();
  const renderedAt = useEffectEvent(() => now);
  const address = `/sse?${hubs.map((hub) => `hub=${hub}`).join('&')}`;

  useEffect(() => noteServerTime(now), [now]);
  useEffect(
    () =>
      openEventStream(address, renderedAt(), {
        onState: setState,
        // The page as it is now names the hubs that are left.
        onRefused: () => router.refresh(),
        onHeard: (heard) => {
          for (const listener of listeners) listener(heard);
        },
      }),
    [address, listeners, router],
  );
  return <LiveContext value={{ state, listen }}>{children}</LiveContext>;
}

const words: Record<StreamState, string> = {
  off: '',
  connecting: 'Connecting…',
  live: 'Live',
  broken: 'Reconnecting: what you see may be old',
};

/** At the foot of the window, where nobody misses it, however far they have scrolled. */
const outage =
  'fixed inset-x-0 bottom-0 z-20 flex items-center justify-center gap-2 border-warn border-t bg-warn-soft px-4 py-2 text-sm text-warn';

/** Says whether the page is live; also to those who don't see it. */
export function LiveBadge() {
  const { state } = useLive();
  if (state === 'off') return null;
  const broken = state === 'broken';
  return (
    <p
      role="status"
      data-live={state}
      className={broken ? outage : 'inline-flex items-center gap-1.5 text-muted noscript:hidden'}
    >
      <span
        aria-hidden="true"
        className={`size-2 rounded-full ${state === 'live' ? 'bg-good' : broken ? 'animate-pulse bg-warn' : 'bg-line-strong'}`}
      />
      {words[state]}
    </p>
  );
}
