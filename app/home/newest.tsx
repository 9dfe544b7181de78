'use client';
import { useEffect, useState } from 'react';
import { noteServerTime } from '../../ui/clock.ts';
import { LiveBadge, useLive } from '../../ui/live.tsx';
import { makeReloader } from '../../ui/reloader.ts';
import { FeedList } from '../../widgets/feed/feed-list.tsx';
import type { FeedItem } from '../../widgets/feed/items.ts';

interface Newest {
  items: FeedItem[];
  now: number;
}

/** All hubs together can be lively; nobody reads faster than this. */
const SPACING_MS = 2_000;

/** What happened last everywhere, live. */
export function NewestEntries(rendered: Newest) {
  const [fetched, setFetched] = useState<Newest | null>(null);
  const { listen } = useLive();

  useEffect(() => {
    const reloader = makeReloader(async (signal) => {
      const newest = await fetchNewest(signal);
      if (!newest) return false;
      noteServerTime(newest.now);
      setFetched(newest);
      return true;
    }, SPACING_MS);
    const leave = listen((heard) => {
      if (heard === 'missed' || heard.what === 'entry') reloader.ask();
    });
    return () => {
      leave();
      reloader.stop();
    };
  }, [listen]);

  const { items, now } = fetched && fetched.now > rendered.now ? fetched : rendered;
  return (
    <section
      aria-labelledby="newest"
      className="min-w-0 rounded-lg border border-line bg-surface shadow-card"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-3 border-line border-b px-4 py-2.5 text-sm">
        <h2 id="newest" className="font-semibold">
          What happens right now
        </h2>
        <LiveBadge />
      </div>
      <FeedList
        items={items}
        now={now}
        empty="Nothing yet: the first message of the bus appears here by itself."
      />
    </section>
  );
}

/** Null where it could not be had; the badge says that the page is not live. */
async function fetchNewest(signal: AbortSignal): Promise<Newest | null> {
  try {
    const response = await fetch('/api/newest', { signal, cache: 'no-store' });
    return response.ok ? await response.json() : null;
  } catch {
    return null; // no answer at all; it is tried again
  }
}
