'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useLive } from '../../ui/live.tsx';

const SPACING_MS = 1_000;

/** Renders the page again when the hub's configuration, its layout or its people changed: the widgets keep their state. */
export function RefreshPage({ hub }: { hub: number }) {
  const { listen } = useLive();
  const router = useRouter();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leave = listen((heard) => {
      if (heard === 'missed' || heard.hub !== hub || !['hub', 'role'].includes(heard.what)) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        router.refresh();
      }, SPACING_MS);
    });
    return () => {
      leave();
      clearTimeout(timer);
    };
  }, [hub, listen, router]);
  return null;
}
