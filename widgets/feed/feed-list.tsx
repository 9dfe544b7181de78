'use client';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useNow, useTimeZone } from '../../ui/clock.ts';
import { plural, sayDay } from '../../ui/words.ts';
import { findArrivals, groupByDay, renew } from './arrivals.ts';
import { Item } from './item.tsx';
import type { FeedItem } from './items.ts';
import { useResting } from './resting.ts';

/** Those who hear the page are told at most this often that something is new. */
const ANNOUNCE_MS = 10_000;

interface Props {
  /** Newest first. */
  items: FeedItem[];
  now: number;
  /** What stands there while there is nothing. */
  empty: ReactNode;
  /** The address of the hub whose feed it is; left out where several stand together. */
  here?: string;
}

/** Entries by day. New ones are put on top while the reader rests there; otherwise they wait behind a button. */
export function FeedList({ items, now, empty, here }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const resting = useResting(list);
  const [shown, setShown] = useState(items);
  const visible = resting ? items : renew(shown, items);
  const arrivals = findArrivals(visible, items);
  const zone = useTimeZone();
  const current = useNow(now);

  useEffect(() => {
    if (resting) setShown(items);
  }, [resting, items]);

  const showNew = () => {
    setShown(items);
    list.current?.focus({ preventScroll: true });
    list.current?.scrollIntoView({ block: 'start' });
  };

  return (
    <div className="relative">
      <Announcement count={arrivals.length} />
      {arrivals.length > 0 && (
        <div className="pointer-events-none sticky top-2 z-10 h-0 text-center">
          <button
            type="button"
            onClick={showNew}
            className="pointer-events-auto mt-2 cursor-pointer rounded-full bg-accent px-4 py-1.5 font-medium text-sm text-surface shadow-lg"
          >
            {arrivals.length}
            {arrivals.length === items.length && '+'} new
          </button>
        </div>
      )}
      <div ref={list} tabIndex={-1} className="scroll-mt-4 outline-none">
        {visible.length === 0 ? (
          <p className="px-4 py-6 text-muted">{empty}</p>
        ) : (
          groupByDay(visible, (item) => sayDay(item.time, current, zone)).map((group) => (
            <section key={group.day}>
              <h3 className="bg-sunken/60 px-4 py-1 font-medium text-muted text-xs">{group.day}</h3>
              <ul className="divide-y divide-line">
                {group.items.map((item) => (
                  <li key={item.id}>
                    <Item item={item} now={now} here={here} />
                  </li>
                ))}
              </ul>
            </section>
          ))
        )}
      </div>
    </div>
  );
}

/** "3 new entries" for screen readers, politely and not with every one of them. */
function Announcement({ count }: { count: number }) {
  const [said, setSaid] = useState(0);
  const lastAt = useRef(0);
  useEffect(() => {
    if (count === said) return;
    const timer = setTimeout(
      () => {
        lastAt.current = Date.now();
        setSaid(count);
      },
      Math.max(0, lastAt.current + ANNOUNCE_MS - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [count, said]);
  return (
    <p role="status" className="sr-only">
      {said > 0 && `${plural(said, 'new entry', 'new entries')} above`}
    </p>
  );
}
