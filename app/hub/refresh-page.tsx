'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import type { Notice } from '../../bus/streams.ts';
import { useLive } from '../../ui/live.tsx';

const SPACING_MS = 1_000;

/**
 * Renders the page again when the hub's configuration, its layout or its people changed: the widgets keep their state.
 * @param entries also when its feed has a new entry, or something was missed
 */
export function RefreshPage({ hub, entries = false }: { hub: number; entries?: boolean }) {
  const { listen } = useLive();
  const router = useRouter();
  useEffect(() => {
    const concerns = (what: Notice['what']) =>
      what === 'hub' || what === 'role' || (entries && what === 'entry');
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leave = listen((heard) => {
      const isHere = heard === 'missed' ? entries : heard.hub === hub && concerns(heard.what);
      if (!isHere) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        router.refresh();
      }, SPACING_MS);
    });
    return () => {
      leave();
      clearTimeout(timer);
    };
  }, [hub, entries, listen, router]);
  return null;
}
