'use client';
import { useEffect, useState } from 'react';
import { Age } from '../../ui/age.tsx';
import { useLive } from '../../ui/live.tsx';

/** "Active 2 min ago", moved on by each entry that arrives. */
export function LastActive({ hub, time, now }: { hub: number; time: number | null; now: number }) {
  const [arrivedAt, setArrivedAt] = useState<number | null>(null);
  const { listen } = useLive();
  useEffect(
    () =>
      listen((heard) => {
        if (heard !== 'missed' && heard.hub === hub && heard.what === 'entry') setArrivedAt(Date.now());
      }),
    [hub, listen],
  );
  const last = arrivedAt ?? time;
  if (last === null) return <span>No activity yet</span>;
  return (
    <span>
      Active <Age time={last} now={now} />
    </span>
  );
}
