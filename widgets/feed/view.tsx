'use client';
import { useEffect, useRef, useState } from 'react';
import { useNow, useTimeZone } from '../../ui/clock.ts';
import { plural, sayDay } from '../../ui/words.ts';
import type { ViewProps } from '../kind.ts';
import { findArrivals, groupByDay } from './arrivals.ts';
import { Item } from './item.tsx';
import type { FeedOwn } from './items.ts';
import { useResting } from './resting.ts';

/** A feed that can say at most this often that something is new, for those who hear the page. */
const ANNOUNCE_MS = 10_000;

export default function FeedView({ own, hub, now }: ViewProps<FeedOwn, null>) {
  const list = useRef<HTMLDivElement>(null);
  const resting = useResting(list);
  const [shown, setShown] = useState(own.items);
  const arrivals = findArrivals(shown, own.items);
  const zone = useTimeZone();
  const current = useNow(now);

  useEffect(() => {
    if (resting) setShown(own.items);
  }, [resting, own.items]);

  const showNew = () => {
    setShown(own.items);
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
            {arrivals.length.toLocaleString('en')} new
          </button>
        </div>
      )}
      <div ref={list} tabIndex={-1} data-feed={hub.id} className="scroll-mt-4 outline-none">
        {shown.length === 0 ? (
          <p className="px-4 py-6 text-muted">
            Nothing yet: what{' '}
            {hub.type === 'team' ? 'the people and projects of this team do' : `${hub.name} does`} appears
            here by itself as soon as it happens.
          </p>
        ) : (
          groupByDay(shown, (item) => sayDay(item.time, current, zone)).map(({ day, items }) => (
            <section key={day}>
              <h3 className="bg-sunken/60 px-4 py-1 font-medium text-muted text-xs">{day}</h3>
              <ul className="divide-y divide-line">
                {items.map((item) => (
                  <li key={item.id}>
                    <Item item={item} now={now} />
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
