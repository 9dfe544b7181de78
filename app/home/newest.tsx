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

const NOTHING_YET = 'Nothing yet: the first message of the bus appears here by itself.';
const UNREAD = 'This could not be read right now. Nothing is lost: it appears here by itself when it can.';
/** All hubs together can be lively; nobody reads faster than this. */
const SPACING_MS = 2_000;

/** What happened last everywhere, live; `items` is null where it could not be read. */
export function NewestEntries(rendered: { items: FeedItem[] | null; now: number }) {
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
      <FeedList items={items ?? []} now={now} empty={items ? NOTHING_YET : UNREAD} />
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
